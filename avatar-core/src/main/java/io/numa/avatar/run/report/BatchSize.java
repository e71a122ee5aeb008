package io.numa.avatar.run.report;

import io.numa.avatar.port.LogChunk;
import java.time.Duration;

/**
 * How many bytes of log are sent at once, for all tasks. Doubles while full batches are accepted
 * quickly, and halves when one is slow or fails. A size that the backend, or a proxy before it, has
 * refused is tried again after many batches, as the refusal may have been a passing one. Safe for
 * use by several threads.
 */
public final class BatchSize {
  /** With its escapes, such a text fits into a body of 1 MiB, which is nginx's limit by default. */
  private static final int MOST = 960 << 10;

  private static final int FIRST = 128 << 10;

  /** No failure and no slow network makes batches smaller than this; only a refusal does. */
  private static final int MODEST = 16 << 10;

  private static final int LEAST = 1 << 10;

  /** A larger batch that takes twice this time is still far from the limits of a call. */
  private static final Duration QUICK = Duration.ofSeconds(2);

  /** After so many accepted batches of the largest size that is taken, a larger one is tried. */
  private static final int ENOUGH = 64;

  private int bytes = FIRST;
  private int ceiling = MOST;
  private int accepted;

  synchronized int bytes() {
    return bytes;
  }

  /** Records that a batch was accepted, and how long that took. */
  synchronized void accepted(LogChunk batch, Duration time) {
    if (ceiling < MOST && ++accepted >= ENOUGH) {
      ceiling = Math.min(MOST, ceiling * 2);
      accepted = 0;
    }
    boolean full = batch.end() - batch.offset() > bytes / 2;
    if (time.compareTo(QUICK.multipliedBy(2)) > 0) {
      failed();
    } else if (full && time.compareTo(QUICK) < 0) {
      bytes = Math.min(ceiling, bytes * 2);
    }
  }

  /** Records that a batch got no answer: it may have been too large for the time of a call. */
  synchronized void failed() {
    bytes = Math.min(bytes, Math.max(MODEST, bytes / 2));
  }

  /** Records that a batch was refused for its size. Returns whether a smaller one can be sent. */
  synchronized boolean halve(LogChunk refused) {
    long length = refused.end() - refused.offset();
    ceiling = (int) Math.max(LEAST, Math.min(bytes, length) / 2);
    bytes = ceiling;
    accepted = 0;
    return length > LEAST;
  }
}
