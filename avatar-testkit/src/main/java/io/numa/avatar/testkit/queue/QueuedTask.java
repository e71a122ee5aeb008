package io.numa.avatar.testkit.queue;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import java.util.Optional;

/** The state of a task in the queue. Guarded by the queue's monitor. */
final class QueuedTask {
  final TaskId id;
  final String route;
  int deliveries;
  int claims;
  boolean ended;

  /** When the task may be delivered, in the queue's nanoseconds. */
  long dueAt = Long.MIN_VALUE;

  Optional<AvatarId> owner = Optional.empty();
  Optional<AttemptId> attempt = Optional.empty();

  private final boolean readable;

  QueuedTask(TaskId id, String route) {
    this(id, route, true);
  }

  private QueuedTask(TaskId id, String route, boolean readable) {
    this.id = id;
    this.route = route;
    this.readable = readable;
  }

  /** A message that leads to no task. */
  static QueuedTask unreadable(TaskId place, String route) {
    return new QueuedTask(place, route, false);
  }

  boolean isReadable() {
    return readable;
  }
}
