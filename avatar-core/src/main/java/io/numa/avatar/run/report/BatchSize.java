package io.numa.avatar.run.report;

import io.numa.avatar.port.LogChunk;

/**
 * How many bytes of log are sent at once. Halves when the backend, or a proxy before it, refuses a
 * batch for its size, and is remembered for all tasks. Doubles again after many batches, as the
 * refusal may have been a passing one. Safe for use by several threads.
 */
public final class BatchSize {
  /** Sending makes several copies of a batch in memory. */
  private static final int MOST = 128 * 1024;

  private static final int LEAST = 1024;

  /** After so many accepted batches of the current size, a larger one is tried. */
  private static final int ENOUGH = 64;

  private int bytes = MOST;
  private int accepted;

  synchronized int bytes() {
    return bytes;
  }

  /** Records that a batch was accepted. */
  synchronized void accepted() {
    accepted++;
    if (accepted >= ENOUGH && bytes < MOST) {
      bytes = Math.min(MOST, bytes * 2);
      accepted = 0;
    }
  }

  /** Records that a batch was refused for its size. Returns whether a smaller one can be sent. */
  synchronized boolean halve(LogChunk refused) {
    long length = refused.end() - refused.offset();
    bytes = (int) Math.max(LEAST, Math.min(bytes, length) / 2);
    accepted = 0;
    return length > LEAST;
  }
}
