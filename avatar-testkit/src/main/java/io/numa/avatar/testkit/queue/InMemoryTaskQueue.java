package io.numa.avatar.testkit.queue;

import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.ElapsedTime;
import io.numa.avatar.testkit.Monitor;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A queue of tasks in memory, which several avatars share. Its leases run by a time that a test can
 * move ahead. Safe for use by several threads.
 */
public final class InMemoryTaskQueue {
  private final Monitor monitor = new Monitor();
  private final ElapsedTime time = new ElapsedTime();
  private final Duration lease;
  private final Clock clock;
  private final Map<TaskId, QueuedTask> tasks = new LinkedHashMap<>();
  private final Map<TaskId, String> dead = new LinkedHashMap<>();
  private boolean away;

  /**
   * @param lease how long a task stays with an avatar that does not renew it
   * @param clock tells when a task is published
   */
  public InMemoryTaskQueue(Duration lease, Clock clock) {
    this.lease = lease;
    this.clock = clock;
  }

  /**
   * Publishes a task, unless it waits already.
   *
   * @return whether it was added
   */
  public boolean publish(TaskId task, String route) {
    return monitor.change(
        () -> {
          QueuedTask known = tasks.get(task);
          if (known != null && !known.ended) {
            return false;
          }
          tasks.put(task, new QueuedTask(task, route, clock.instant()));
          return true;
        });
  }

  /** Publishes a message that leads to no task. */
  public void publishUnreadable(String route) {
    monitor.change(
        () -> {
          var place = new TaskId("unreadable " + tasks.size());
          return tasks.put(place, QueuedTask.unreadable(place, route, clock.instant()));
        });
  }

  /** The queue as one of the avatars sees it; an avatar that restarts asks for it again. */
  public TaskQueue of(AvatarId avatar) {
    return new InMemoryQueueView(this, avatar);
  }

  /** Lets time pass, by which leases and delays run. */
  public void pass(Duration duration) {
    monitor.change(
        () -> {
          time.pass(duration);
          return duration;
        });
  }

  /** Has every call fail from now on, as if the engine could not be reached, or work again. */
  public void away(boolean now) {
    monitor.change(() -> away = now);
  }

  /** Whether no avatar gets the task any more. */
  public boolean isSettled(TaskId task) {
    return monitor.read(() -> task(task).ended && !dead.containsKey(task));
  }

  /** Why the task is among the dead letters; empty if it is not. */
  public Optional<String> deadReason(TaskId task) {
    return monitor.read(() -> Optional.ofNullable(dead.get(task)));
  }

  /** How many messages are among the dead letters. */
  public int deadLetters() {
    return monitor.read(dead::size);
  }

  /** Waits until the condition is true of this queue; returns whether it is by then. */
  public boolean await(Predicate<InMemoryTaskQueue> condition, Duration limit)
      throws InterruptedException {
    return monitor.readAfter(() -> condition.test(this), limit, () -> condition.test(this));
  }

  Monitor monitor() {
    return monitor;
  }

  Duration lease() {
    return lease;
  }

  boolean isAway() {
    return away;
  }

  long now() {
    return time.getAsLong();
  }

  QueuedTask task(TaskId id) {
    QueuedTask task = tasks.get(id);
    if (task == null) {
      throw new IllegalArgumentException("no task " + id + " was published");
    }
    return task;
  }

  Optional<QueuedTask> find(TaskId id) {
    return Optional.ofNullable(tasks.get(id));
  }

  Optional<QueuedTask> next(Set<String> routes) {
    tasks.values().stream()
        .filter(task -> !task.ended && !task.isReadable() && routes.contains(task.route))
        .forEach(this::buryUnreadable);
    return tasks.values().stream()
        .filter(task -> !task.ended && routes.contains(task.route) && task.dueAt <= now())
        .findFirst();
  }

  private void buryUnreadable(QueuedTask task) {
    task.ended = true;
    dead.put(task.id, "the message leads to no task");
  }

  void bury(TaskId task, String reason) {
    dead.put(task, reason);
  }
}
