package io.numa.avatar.run.report;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.ReportJournal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what the backend has of an attempt. If the journal fails, it warns, and the next process
 * may send again what the backend has; that is allowed. Safe for use by several threads.
 */
final class DeliveryRecord {
  private static final Logger log = LoggerFactory.getLogger(DeliveryRecord.class);

  private final ReportJournal journal;
  private final Attempt attempt;

  DeliveryRecord(ReportJournal journal, Attempt attempt) {
    this.journal = journal;
    this.attempt = attempt;
  }

  /** The backend has all of the log before {@code end}. */
  void acknowledged(long end) {
    write(() -> journal.acknowledged(attempt.id(), end));
  }

  /** The backend has the status with this number. */
  void told(int sequence) {
    write(() -> journal.told(attempt.id(), sequence));
  }

  /**
   * Has the end of the machine undo nothing that is recorded. If that fails, the end of the process
   * still undoes nothing, and that is all a failing disk gives.
   */
  void sync() {
    write(journal::sync);
  }

  private void write(Runnable record) {
    try {
      record.run();
    } catch (PortException e) {
      log.warn(
          "The journal does not record what the backend has of task {}: {}",
          attempt.task(),
          e.getMessage());
    }
  }
}
