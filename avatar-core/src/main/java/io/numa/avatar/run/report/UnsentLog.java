package io.numa.avatar.run.report;

import io.numa.avatar.port.LogChunk;
import io.numa.avatar.run.log.RunLog;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The part of an attempt's log that the backend does not have. Used by the sending thread only,
 * except {@link #end}.
 */
final class UnsentLog {
  private final RunLog text;
  private final BatchSize size;
  private final Runnable onGrowth;
  private final AtomicBoolean grown = new AtomicBoolean();
  private Optional<LogChunk> taken = Optional.empty();
  private long start;

  /**
   * @param onGrowth is called when the log has grown for the first time since {@link #expectGrowth}
   */
  UnsentLog(LogToSend log, Runnable onGrowth) {
    this.text = log.text();
    this.size = log.size();
    this.onGrowth = onGrowth;
    log.text().onGrowth(this::noteGrowth);
  }

  private void noteGrowth() {
    if (grown.compareAndSet(false, true)) {
      onGrowth.run();
    }
  }

  void expectGrowth() {
    grown.set(false);
  }

  /** Treats all text before {@code offset} as sent. */
  void startAt(long offset) {
    start = offset;
  }

  long start() {
    return start;
  }

  /** The current end of the log. Safe for use by several threads. */
  long end() {
    return text.length();
  }

  /** Reads the batch after the start and before {@code end}. */
  LogChunk take(long end) {
    taken = Optional.empty();
    LogChunk batch = text.read(start, end, size.bytes());
    taken = Optional.of(batch);
    return batch;
  }

  /** The batch that was taken last; empty if it could not be read. */
  Optional<LogChunk> taken() {
    return taken;
  }

  /** Treats the batch that was taken last as sent. */
  void settle() {
    taken.ifPresent(batch -> start = batch.end());
  }
}
