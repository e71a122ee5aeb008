package io.numa.avatar.testkit;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A lock around state that tests change and wait for. Safe for use by several threads. */
public final class Monitor {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Reads the state. */
  public <T> T read(Supplier<T> reader) {
    lock.lock();
    try {
      return reader.get();
    } finally {
      lock.unlock();
    }
  }

  /** Changes the state, and wakes the threads that wait for a change. */
  public <T> T change(Supplier<T> change) {
    lock.lock();
    try {
      return change.get();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  /** As {@link #change}, but an interrupt stops a caller that waits for the lock. */
  public <T> T changeInterruptibly(Supplier<T> change) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      return change(change);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until {@code condition} is true or the time is up, then reads the state.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public <T> T readAfter(BooleanSupplier condition, Duration limit, Supplier<T> reader)
      throws InterruptedException {
    long left = limit.toNanos();
    lock.lockInterruptibly();
    try {
      while (!condition.getAsBoolean() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return reader.get();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until {@code condition} is true.
   *
   * @param what names the condition in the exception
   * @throws TimeoutException if the time is up first
   */
  public void require(String what, BooleanSupplier condition, Duration limit)
      throws InterruptedException, TimeoutException {
    if (!readAfter(condition, limit, condition::getAsBoolean)) {
      throw new TimeoutException("waited " + limit + " in vain for " + what);
    }
  }
}
