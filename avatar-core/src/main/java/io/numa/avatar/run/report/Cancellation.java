package io.numa.avatar.run.report;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.time.Interrupts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Stops an attempt, once, for the first reason that is given: its thread is interrupted then. Safe
 * for use by several threads.
 */
public final class Cancellation {
  /** What may stop an attempt. */
  public enum Cause {
    /** The task was cancelled at the backend. */
    CANCELLED,
    /** The backend says that another avatar has it. */
    TAKEN,
    /** The lease has ended, or is about to, and could not be renewed. */
    LAPSED,
    /** Its time is up. */
    OVERTIME
  }

  /** Why an attempt was stopped, for programs and for people. */
  public record Stop(Cause cause, String reason) {}

  private final Object lock = new Object();
  private final Thread worker = Thread.currentThread();
  private final ScheduledExecutorService timer;
  private @Nullable Stop stop;
  private boolean over;
  private Optional<Future<?>> limit = Optional.empty();

  /** For an attempt on the calling thread. */
  public Cancellation(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Lets no more than {@code allowed} pass, from now, before {@code reason} ends the attempt. */
  public void limit(Duration allowed, String reason) {
    synchronized (lock) {
      limit.ifPresent(running -> running.cancel(false));
      limit =
          Optional.of(
              timer.schedule(() -> stop(Cause.OVERTIME, reason), allowed.toNanos(), NANOSECONDS));
    }
  }

  /** Stops the attempt, unless it was stopped before or its work is over. */
  public void stop(Cause cause, String reason) {
    synchronized (lock) {
      if (stop == null && !over) {
        stop = new Stop(cause, reason);
        worker.interrupt();
      }
    }
  }

  /** Why the attempt was stopped, if it was. */
  public Optional<Stop> stopped() {
    synchronized (lock) {
      return Optional.ofNullable(stop);
    }
  }

  /** Why the attempt is to stop; empty if it is not, or if another avatar has the task. */
  public Optional<String> stopReason() {
    return stopped().filter(stop -> stop.cause() != Cause.TAKEN).map(Stop::reason);
  }

  /**
   * Ends the work: from here on no stop interrupts the attempt's thread, and the interrupt of an
   * earlier stop is cleared. For the attempt's thread.
   */
  public void workIsOver() {
    synchronized (lock) {
      over = true;
      limit.ifPresent(running -> running.cancel(false));
      if (stop != null) {
        Interrupts.take();
      }
    }
  }
}
