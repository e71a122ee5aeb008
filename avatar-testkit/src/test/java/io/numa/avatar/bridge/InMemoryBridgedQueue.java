package io.numa.avatar.bridge;

import io.numa.avatar.port.queue.BridgedQueue;
import io.numa.avatar.port.queue.BridgedTask;
import io.numa.avatar.task.TaskId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;

/** A queue without an engine. Safe for use by several threads. */
final class InMemoryBridgedQueue implements BridgedQueue {
  private final Clock clock;
  private final Map<TaskId, BridgedTask> remembered = new HashMap<>();
  private final Set<TaskId> waiting = new HashSet<>();
  private final Map<TaskId, Instant> buried = new HashMap<>();
  private final Map<String, Instant> published = new HashMap<>();
  private final List<String> log = new ArrayList<>();
  final LinkedBlockingQueue<String> added = new LinkedBlockingQueue<>();
  private long revision;
  private boolean failsToPublish;

  InMemoryBridgedQueue(Clock clock) {
    this.clock = clock;
  }

  /** Makes the next publication fail, as if the bridge ended before it. */
  synchronized void failToPublish() {
    failsToPublish = true;
  }

  /** Ends a task as an avatar does. */
  synchronized void settle(TaskId task) {
    waiting.remove(task);
  }

  synchronized void bury(TaskId task) {
    waiting.remove(task);
    buried.put(task, clock.instant());
  }

  /** All that was added to the queue so far, as {@code task route round}. */
  synchronized List<String> log() {
    return List.copyOf(log);
  }

  @Override
  public synchronized Optional<BridgedTask> find(TaskId task) {
    return Optional.ofNullable(remembered.get(task));
  }

  @Override
  public synchronized boolean write(TaskId task, BridgedTask now) {
    long before = find(task).map(BridgedTask::revision).orElse(0L);
    if (before != now.revision()) {
      return false;
    }
    remembered.put(task, new BridgedTask(now.state(), now.round(), clock.instant(), ++revision));
    return true;
  }

  @Override
  public synchronized boolean publish(TaskId task, String route, int round) {
    if (failsToPublish) {
      failsToPublish = false;
      throw new IllegalStateException("the bridge ends here");
    }
    Instant now = clock.instant();
    Instant before = published.get(task + "#" + round);
    boolean repeated = before != null && Duration.between(before, now).compareTo(DROPS_REPEATS) < 0;
    if (repeated || !waiting.add(task)) {
      return false;
    }
    published.put(task + "#" + round, now);
    log.add(task + " " + route + " " + round);
    added.add(task + " " + route + " " + round);
    return true;
  }

  @Override
  public synchronized Place place(TaskId task, Instant since) {
    if (waiting.contains(task)) {
      return Place.QUEUED;
    }
    Instant end = buried.get(task);
    return end != null && !end.isBefore(since) ? Place.BURIED : Place.GONE;
  }
}
