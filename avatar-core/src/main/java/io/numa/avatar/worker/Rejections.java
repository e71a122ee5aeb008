package io.numa.avatar.worker;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.MessageJournal;
import io.numa.avatar.task.TaskMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records the messages that lead to no task, and logs each of them. Not thread-safe. */
final class Rejections {
  private static final Logger log = LoggerFactory.getLogger(Rejections.class);

  private final MessageJournal journal;
  private long count;

  Rejections(MessageJournal journal) {
    this.journal = journal;
  }

  void reject(InboxEntry entry, String reason) {
    if (entry.message().isPresent()) {
      reject(entry.message().get(), reason);
    } else {
      log("A task without a message", reason);
    }
  }

  void reject(TaskMessage message, String reason) {
    note(message, reason);
    log("Message " + message.id(), reason);
  }

  private void log(String what, String reason) {
    count++;
    log.warn("{} is rejected ({} so far): {}", what, count, reason);
  }

  /**
   * Records the rejection. If the journal write fails, the message is processed again after a
   * restart.
   */
  private void note(TaskMessage message, String reason) {
    try {
      journal.reject(message, reason);
    } catch (PortException e) {
      log.warn(
          "The journal does not record that message {} is rejected: {}",
          message.id(),
          e.getMessage());
    }
  }
}
