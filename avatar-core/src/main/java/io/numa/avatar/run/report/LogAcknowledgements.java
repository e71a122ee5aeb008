package io.numa.avatar.run.report;

import io.numa.avatar.time.TimeSource;
import java.time.Duration;

/**
 * Records how much of an attempt's log the backend has: at most once in {@link #PAUSE}, and the
 * last offset by {@link #write}. After a crash, the next process sends again what was not recorded;
 * the backend drops what it has. Not thread-safe.
 */
final class LogAcknowledgements {
  /** A record takes the lock of the journal, and may wait for the disk. */
  static final Duration PAUSE = Duration.ofMillis(250);

  private final DeliveryRecord record;
  private final TimeSource time;
  private long writtenAt;
  private long written;
  private long offset;

  LogAcknowledgements(DeliveryRecord record, TimeSource time) {
    this.record = record;
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
    record.acknowledged(offset);
    written = offset;
    writtenAt = time.nanoTime();
  }
}
