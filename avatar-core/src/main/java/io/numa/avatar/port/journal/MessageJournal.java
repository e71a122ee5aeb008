package io.numa.avatar.port.journal;

import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import java.util.List;
import java.util.Optional;

/** The part of a {@link Journal} that remembers which messages were seen. */
public interface MessageJournal {
  /** Accepts messages, and gives those that were never accepted before, in their order. */
  List<TaskMessage> accept(List<TaskMessage> messages);

  /** The message that was accepted last; empty before the first. */
  Optional<MessageId> lastMessage();

  /**
   * The announcements that were accepted, and neither rejected nor followed by an attempt at their
   * task; in the order they came.
   */
  List<TaskMessage.Announcement> waiting();

  /** Notes that no task comes of a message. */
  void reject(MessageId message, String reason);
}
