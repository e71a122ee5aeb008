package io.numa.avatar.time;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/** A pause that another thread can cut short; a wake-up between two pauses skips the next one. */
public final class Waiter {
  private final Semaphore wakeUps = new Semaphore(0);

  /** Waits for {@code limit} at most, and says whether it was woken before that. */
  public boolean pause(Duration limit) throws InterruptedException {
    boolean woken = wakeUps.tryAcquire(limit.toNanos(), NANOSECONDS);
    wakeUps.drainPermits();
    return woken;
  }

  /** Ends the pause that is on, or else the next one. */
  public void wake() {
    wakeUps.release();
  }
}
