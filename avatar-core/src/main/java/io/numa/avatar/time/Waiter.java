package io.numa.avatar.time;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * A pause that another thread can end early. A wake-up between two pauses skips the next one. Safe
 * for use by several threads.
 */
public final class Waiter {
  private final Semaphore wakeUps = new Semaphore(0);

  /** Waits for at most {@code limit}, and returns whether another thread ended the pause. */
  public boolean pause(Duration limit) throws InterruptedException {
    boolean woken = wakeUps.tryAcquire(limit.toNanos(), NANOSECONDS);
    wakeUps.drainPermits();
    return woken;
  }

  /** Ends the current pause, or else the next one. */
  public void wake() {
    wakeUps.release();
  }
}
