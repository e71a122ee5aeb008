package io.numa.avatar.cli.wiring;

import java.util.concurrent.CountDownLatch;

/** Blocks a thread for ever at one record, and from then on every thread at any record. */
final class Halt {
  private final String point;
  private final Runnable onReached;
  private volatile boolean reached;

  /**
   * @param point such as {@code before begin} or {@code after announce push}
   * @param onReached called once, by the first blocked thread
   */
  Halt(String point, Runnable onReached) {
    this.point = point;
    this.onReached = onReached;
  }

  /** Returns unless this is the point, or a thread has reached it already. */
  void pass(String when, String record) {
    if (reached) {
      hold();
    }
    if (point.equals(when + " " + record)) {
      reach();
      hold();
    }
  }

  private synchronized void reach() {
    if (!reached) {
      reached = true;
      onReached.run();
    }
  }

  private static void hold() {
    var never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException e) {
        // A signal must not release the thread either.
      }
    }
  }
}
