package io.numa.avatar.bridge;

import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.queue.BridgedQueue;
import io.numa.avatar.port.queue.BridgedTask;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a task is published. What the bridges remember together decides, by a write that
 * only one of them can make, so that any number of them publishes each round of a task once.
 *
 * <p>A bridge that ends between that write and the publication leaves a task that no avatar gets.
 * Any bridge notices it: the task is ready and not in the queue. As long as the queue drops
 * repeats, it publishes the same round again. Later it publishes another round, as the same picture
 * then means that a person has made the task ready again.
 */
final class RoundPublisher {
  private static final Logger log = LoggerFactory.getLogger(RoundPublisher.class);

  private final TaskSource tasks;
  private final BridgedQueue queue;
  private final Clock clock;

  RoundPublisher(TaskSource tasks, BridgedQueue queue, Clock clock) {
    this.tasks = tasks;
    this.queue = queue;
    this.clock = clock;
  }

  private record Found(TaskState state, String route) {
    static Found of(Task task) {
      return new Found(task.state(), Routes.of(task));
    }
  }

  /** Publishes a task if it is ready and was not published for this round; returns its state. */
  TaskState look(TaskId id) throws InterruptedException {
    Optional<BridgedTask> before = queue.find(id);
    boolean wasReady = before.filter(task -> task.state() == TaskState.TODO).isPresent();
    // The order matters: a task that is not queued, and ready later, waits for a bridge.
    BridgedQueue.Place place =
        wasReady ? queue.place(id, before.get().since()) : BridgedQueue.Place.GONE;
    Found found = find(id);
    if (found.state() != TaskState.TODO) {
      if (before.isPresent() && before.get().state() != found.state()) {
        queue.write(id, before.get().in(found.state()));
      }
    } else if (!wasReady) {
      publishNext(id, before, found.route());
    } else if (place == BridgedQueue.Place.GONE) {
      publishAgain(id, before.get(), found.route());
    }
    return found.state();
  }

  /** A task with errors is published, too: the avatar that takes it reports them. */
  private Found find(TaskId id) throws InterruptedException {
    try {
      return Found.of(tasks.task(id));
    } catch (InvalidTaskException e) {
      return new Found(e.state(), Routes.PLAN);
    }
  }

  private void publishNext(TaskId id, Optional<BridgedTask> before, String route)
      throws InterruptedException {
    BridgedTask next =
        before
            .map(BridgedTask::nextRound)
            .orElse(new BridgedTask(TaskState.TODO, 1, clock.instant(), 0));
    if (queue.write(id, next)) {
      publish(id, route, next.round());
    }
  }

  private void publishAgain(TaskId id, BridgedTask before, String route)
      throws InterruptedException {
    Instant now = clock.instant();
    Duration age = Duration.between(before.since(), now);
    if (age.compareTo(BridgedQueue.DROPS_REPEATS) < 0) {
      publish(id, route, before.round());
    } else {
      publishNext(id, Optional.of(before), route);
    }
  }

  private void publish(TaskId id, String route, int round) throws InterruptedException {
    if (queue.publish(id, route, round)) {
      log.info("Published task {} on route '{}', round {}", id, route, round);
    }
  }
}
