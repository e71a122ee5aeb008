package io.numa.avatar.run.report;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.time.Interrupts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Stops an attempt, once, for the first reason that is given: its thread is interrupted then. Safe
 * for use by several threads.
 */
public final class Cancellation {
  /** Why an attempt may not go on. */
  public enum Loss {
    /** The task was cancelled at the backend. */
    CANCELLED,
    /** The backend says that another avatar has it. */
    TAKEN,
    /** The lease has ended, or is about to, and could not be renewed. */
    LAPSED,
    /** Its time is up. */
    OVERTIME
  }

  /** A loss, and what to say of it. */
  public record Lost(Loss loss, String reason) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Thread worker = Thread.currentThread();
  private final ScheduledExecutorService timer;
  private @Nullable Lost lost;
  private boolean over;
  private Optional<Future<?>> limit = Optional.empty();

  /** For an attempt on the calling thread. */
  public Cancellation(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Lets no more than {@code allowed} pass, from now, before {@code reason} ends the attempt. */
  public void limit(Duration allowed, String reason) {
    lock.lock();
    try {
      limit.ifPresent(running -> running.cancel(false));
      limit =
          Optional.of(
              timer.schedule(() -> lose(Loss.OVERTIME, reason), allowed.toNanos(), NANOSECONDS));
    } finally {
      lock.unlock();
    }
  }

  /** Stops the attempt, unless it was stopped before or its work is over. */
  public void lose(Loss loss, String reason) {
    lock.lock();
    try {
      if (lost == null && !over) {
        lost = new Lost(loss, reason);
        worker.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  public Optional<Lost> lost() {
    lock.lock();
    try {
      return Optional.ofNullable(lost);
    } finally {
      lock.unlock();
    }
  }

  /** Why the attempt is to stop; empty if it is not, or if another avatar has the task. */
  public Optional<String> stopReason() {
    return lost().filter(loss -> loss.loss() != Loss.TAKEN).map(Lost::reason);
  }

  /**
   * Ends the work: no loss interrupts the attempt's thread from here on, and the interrupt of an
   * earlier loss is cleared. For the attempt's thread.
   */
  public void workIsOver() {
    lock.lock();
    try {
      over = true;
      limit.ifPresent(running -> running.cancel(false));
      if (lost != null) {
        Interrupts.take();
      }
    } finally {
      lock.unlock();
    }
  }
}
