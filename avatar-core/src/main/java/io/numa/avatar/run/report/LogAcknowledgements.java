package io.numa.avatar.run.report;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.ReportJournal;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how much of an attempt's log the backend has: at most once in {@link #PAUSE}, and the
 * last offset by {@link #write}. After a crash, the next process sends again what was not recorded;
 * the backend drops what it has. Not thread-safe.
 */
final class LogAcknowledgements {
  /** A record takes the lock of the journal, and may wait for the disk. */
  static final Duration PAUSE = Duration.ofMillis(250);

  private static final Logger log = LoggerFactory.getLogger(LogAcknowledgements.class);

  private final ReportJournal journal;
  private final AttemptId attempt;
  private final TimeSource time;
  private long writtenAt;
  private long written;
  private long offset;

  LogAcknowledgements(ReportJournal journal, AttemptId attempt, TimeSource time) {
    this.journal = journal;
    this.attempt = attempt;
    this.time = time;
    this.writtenAt = time.nanoTime() - PAUSE.toNanos();
  }

  /** Takes note that the backend has all before {@code end}. */
  void note(long end) {
    offset = end;
    if (time.since(writtenAt).compareTo(PAUSE) >= 0) {
      write();
    }
  }

  /** Records the offset that was noted last, if it is not recorded. */
  void write() {
    if (offset == written) {
      return;
    }
    try {
      journal.acknowledged(attempt, offset);
    } catch (PortException e) {
      log.warn(
          "The journal does not record what the backend has of {}: {}", attempt, e.getMessage());
    }
    written = offset;
    writtenAt = time.nanoTime();
  }
}
