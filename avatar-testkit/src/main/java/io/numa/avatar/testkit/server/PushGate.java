package io.numa.avatar.testkit.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Holds a push until the test releases it. Safe for use by several threads. */
final class PushGate {
  private final AtomicBoolean holdNext = new AtomicBoolean();
  private final Semaphore held = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);

  void holdNext() {
    holdNext.set(true);
  }

  boolean awaitHeld(Duration limit) throws InterruptedException {
    return held.tryAcquire(limit.toMillis(), MILLISECONDS);
  }

  void release() {
    released.release();
  }

  /** Waits if the gate holds this push. */
  void pass() throws InterruptedIOException {
    if (holdNext.getAndSet(false)) {
      held.release();
      try {
        released.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the server was closed");
      }
    }
  }
}
