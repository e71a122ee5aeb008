package io.numa.avatar.task;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message of a topic: the announcement of a task, or an unreadable message. */
public sealed interface TaskMessage {
  /** The message's id; if the backend gave none, one made from the message's content. */
  MessageId id();

  /**
   * Says that a task is ready. It is known by its id and its task: two announcements are equal if
   * these are.
   *
   * @param createdAt when the backend made the message, if it says so; in whole milliseconds
   */
  record Announcement(MessageId id, TaskId task, Optional<Instant> createdAt)
      implements TaskMessage {
    public Announcement {
      createdAt = createdAt.map(time -> time.truncatedTo(ChronoUnit.MILLIS));
    }

    /** A message whose time is not known. */
    public Announcement(MessageId id, TaskId task) {
      this(id, task, Optional.empty());
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Announcement message
          && id.equals(message.id)
          && task.equals(message.task);
    }

    @Override
    public int hashCode() {
      return Objects.hash(id, task);
    }
  }

  /** A message that an avatar cannot read; {@code problem} says why. */
  record Unreadable(MessageId id, String problem) implements TaskMessage {}
}
