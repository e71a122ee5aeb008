package io.numa.avatar.task;

/** What a topic holds: announcements of tasks, and whatever else was put there. */
public sealed interface TaskMessage {
  /** The message's id; where the backend gave none, one made from the message's content. */
  MessageId id();

  /** Says that a task is ready. */
  record Announcement(MessageId id, TaskId task) implements TaskMessage {}

  /** Says nothing that an avatar understands; {@code problem} says what is wrong with it. */
  record Unreadable(MessageId id, String problem) implements TaskMessage {}
}
