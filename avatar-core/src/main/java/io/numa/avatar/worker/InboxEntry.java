package io.numa.avatar.worker;

import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import java.time.Instant;
import java.util.Optional;

/**
 * A task to work on.
 *
 * @param message the message that announced it; empty if the journal had an attempt at it
 * @param tries how often it was tried before
 * @param due when to try it
 */
record InboxEntry(Optional<TaskMessage.Announcement> message, TaskId task, int tries, Instant due) {

  /** A task that a message announces now. */
  static InboxEntry of(TaskMessage.Announcement message, Instant now) {
    return new InboxEntry(Optional.of(message), message.task(), 0, now);
  }

  /** A task that no message announces. */
  static InboxEntry of(TaskId task, Instant now) {
    return new InboxEntry(Optional.empty(), task, 0, now);
  }

  /** When the backend made the message, if that is known. */
  Optional<Instant> announcedAt() {
    return message.flatMap(TaskMessage.Announcement::createdAt);
  }
}
