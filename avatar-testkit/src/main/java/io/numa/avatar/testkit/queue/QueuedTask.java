package io.numa.avatar.testkit.queue;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state of a task in the queue. Guarded by the queue's monitor. */
final class QueuedTask {
  final TaskId id;
  final String route;
  final Instant publishedAt;
  int deliveries;
  int claims;
  boolean ended;

  /** When the task may be delivered, in the queue's nanoseconds. */
  long dueAt = Long.MIN_VALUE;

  Optional<AvatarId> owner = Optional.empty();
  Optional<AttemptId> attempt = Optional.empty();

  /** The attempts that have claimed it, the newest last. */
  final List<AttemptId> attempts = new ArrayList<>();

  private final boolean readable;

  QueuedTask(TaskId id, String route, Instant publishedAt) {
    this(id, route, publishedAt, true);
  }

  private QueuedTask(TaskId id, String route, Instant publishedAt, boolean readable) {
    this.id = id;
    this.route = route;
    this.publishedAt = publishedAt;
    this.readable = readable;
  }

  /** A message that leads to no task. */
  static QueuedTask unreadable(TaskId place, String route, Instant publishedAt) {
    return new QueuedTask(place, route, publishedAt, false);
  }

  boolean isReadable() {
    return readable;
  }
}
