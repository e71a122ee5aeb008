package io.numa.avatar.run.report;

import io.numa.avatar.port.LogChunk;
import io.numa.avatar.run.log.RunLog;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The part of an attempt's log that the backend does not have. Used by the sending thread only,
 * except {@link #end}.
 */
final class UnsentLog {
  /** The most bytes of log text in a batch. Sending makes several copies of a batch in memory. */
  private static final int BATCH_BYTES = 128 * 1024;

  private final RunLog text;
  private final Runnable onGrowth;
  private final AtomicBoolean grown = new AtomicBoolean();
  private long start;

  /**
   * @param onGrowth is called when the log has grown for the first time since {@link #expectGrowth}
   */
  UnsentLog(RunLog text, Runnable onGrowth) {
    this.text = text;
    this.onGrowth = onGrowth;
    text.onGrowth(this::noteGrowth);
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

  /** Reads a batch between {@code from} and {@code end}. The unsent part then begins after it. */
  LogChunk take(long from, long end) {
    LogChunk chunk = text.read(from, end, BATCH_BYTES);
    start = chunk.end();
    return chunk;
  }
}
