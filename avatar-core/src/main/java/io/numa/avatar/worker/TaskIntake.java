package io.numa.avatar.worker;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.queue.HeldTasks;
import java.util.Optional;
import java.util.function.Predicate;

/** Where a worker gets its tasks from. */
public abstract sealed class TaskIntake {
  private TaskIntake() {}

  /** Polls the topic of the worker's settings. */
  public static TaskIntake topic(MessageSource source) {
    return new Topic(source);
  }

  /**
   * Takes tasks from a queue, each only when there is a slot for it.
   *
   * @param tasks the tasks that the reports of the worker's runner claim, see {@link
   *     io.numa.avatar.queue.ClaimedReports}
   * @param open whether this avatar can carry out a task of a route now
   */
  public static TaskIntake queue(QueueSettings settings, HeldTasks tasks, Predicate<String> open) {
    return new Queue(settings, tasks, open);
  }

  /** The tasks that are held for a queue. */
  abstract Optional<HeldTasks> held();

  abstract Intake of(WorkerSettings settings, WorkerParts parts);

  private static final class Topic extends TaskIntake {
    private final MessageSource source;

    Topic(MessageSource source) {
      this.source = source;
    }

    @Override
    Optional<HeldTasks> held() {
      return Optional.empty();
    }

    @Override
    Intake of(WorkerSettings settings, WorkerParts parts) {
      WorkerWatch watch = parts.watch();
      var watched = new WatchedSource(source, watch);
      Runnable polls = parts.control()::polls;
      return new TopicPoll(settings, watched, parts.inbox(), watch.clock(), polls);
    }
  }

  private static final class Queue extends TaskIntake {
    private final QueueSettings queue;
    private final HeldTasks tasks;
    private final Predicate<String> open;

    Queue(QueueSettings queue, HeldTasks tasks, Predicate<String> open) {
      this.queue = queue;
      this.tasks = tasks;
      this.open = open;
    }

    @Override
    Optional<HeldTasks> held() {
      return Optional.of(tasks);
    }

    @Override
    Intake of(WorkerSettings settings, WorkerParts parts) {
      return new QueueIntake(settings, queue, tasks, open, parts);
    }
  }
}
