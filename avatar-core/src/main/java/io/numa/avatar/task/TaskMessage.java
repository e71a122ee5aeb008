package io.numa.avatar.task;

/** A message of a topic: the announcement of a task, or an unreadable message. */
public sealed interface TaskMessage {
  /** The message's id; if the backend gave none, one made from the message's content. */
  MessageId id();

  /** Says that a task is ready. */
  record Announcement(MessageId id, TaskId task) implements TaskMessage {}

  /** A message that an avatar cannot read; {@code problem} says why. */
  record Unreadable(MessageId id, String problem) implements TaskMessage {}
}
