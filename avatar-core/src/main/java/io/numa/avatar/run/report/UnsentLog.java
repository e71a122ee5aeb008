package io.numa.avatar.run.report;

import io.numa.avatar.port.LogChunk;
import io.numa.avatar.run.log.RunLog;
import java.util.concurrent.atomic.AtomicBoolean;

/** The part of an attempt's log that the backend does not have. For the thread that sends it. */
final class UnsentLog {
  /** What is in memory of the log at a time, several times over on its way out. */
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

  /** Takes all before {@code offset} for sent. */
  void startAt(long offset) {
    start = offset;
  }

  long start() {
    return start;
  }

  /** The end of the log by now. For any thread. */
  long end() {
    return text.length();
  }

  /** Takes a batch from {@code from}, and before {@code end}; what follows it is unsent then. */
  LogChunk take(long from, long end) {
    LogChunk chunk = text.read(from, end, BATCH_BYTES);
    start = chunk.end();
    return chunk;
  }
}
