package io.numa.avatar.port.journal;

import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import java.util.List;
import java.util.Optional;

/**
 * The part of a {@link Journal} that records the accepted messages. A message is known by its id
 * and its task, as a backend that was set up anew uses the ids again.
 */
public interface MessageJournal {
  /** Accepts messages, and returns those that were not accepted before, in the given order. */
  List<TaskMessage> accept(List<TaskMessage> messages);

  /** Whether the message was accepted or rejected before, and not forgotten since. */
  boolean knows(TaskMessage message);

  /** The last accepted message; empty if there is none. */
  Optional<MessageId> lastMessage();

  /**
   * The accepted announcements that were not rejected and whose task has no attempt since, in the
   * order they were accepted.
   */
  List<TaskMessage.Announcement> waiting();

  /** Records that a message leads to no task. */
  void reject(TaskMessage message, String reason);

  /**
   * Forgets which messages were accepted, for a source that counts from the start. Announcements
   * that wait still do so, but do not count for {@link #lastMessage}.
   */
  void startOver();
}
