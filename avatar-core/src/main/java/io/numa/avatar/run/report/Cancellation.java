package io.numa.avatar.run.report;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.time.Interrupts;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Stops an attempt by interrupting its thread, once, for the first given reason. Safe for use by
 * several threads.
 */
public final class Cancellation {
  /** What may stop an attempt. */
  public enum Cause {
    /** The task was cancelled at the backend. */
    CANCELLED,
    /** The backend says that another avatar has the task. */
    TAKEN,
    /** The lease could not be renewed, and has ended or is about to end. */
    LAPSED,
    /** The task's time is up. */
    OVERTIME
  }

  /** Why an attempt was stopped, for programs and for people. */
  public record Stop(Cause cause, String reason) {
    /** Whether the task is not ours any more. */
    public boolean isLoss() {
      return cause == Cause.TAKEN || cause == Cause.LAPSED;
    }
  }

  /** How long after a limit the work has to end; longer, and it hangs. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final Object lock = new Object();
  private final Thread worker = Thread.currentThread();
  private final ScheduledExecutorService timer;
  private @Nullable Stop stop;
  private boolean over;
  private boolean overdue;
  private Optional<Future<?>> limit = Optional.empty();

  /** Creates the cancellation of an attempt that runs on the calling thread. */
  public Cancellation(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Stops the attempt for {@code reason} when {@code allowed} has passed from now. */
  public void limit(Duration allowed, String reason) {
    synchronized (lock) {
      limit.ifPresent(running -> running.cancel(false));
      limit =
          Optional.of(
              timer.schedule(() -> stop(Cause.OVERTIME, reason), allowed.toNanos(), NANOSECONDS));
    }
  }

  /** Stops the attempt, unless it was already stopped or its work is over. */
  public void stop(Cause cause, String reason) {
    synchronized (lock) {
      if (stop == null && !over) {
        stop = new Stop(cause, reason);
        worker.interrupt();
        if (cause == Cause.OVERTIME) {
          limit = Optional.of(timer.schedule(this::setOverdue, GRACE.toNanos(), NANOSECONDS));
        }
      }
    }
  }

  private void setOverdue() {
    synchronized (lock) {
      overdue = !over;
    }
  }

  /** Whether the work goes on 60 s after its time was up: then it hangs. */
  boolean isOverdue() {
    synchronized (lock) {
      return overdue && !over;
    }
  }

  /** Why the attempt was stopped, if it was. */
  public Optional<Stop> stopped() {
    synchronized (lock) {
      return Optional.ofNullable(stop);
    }
  }

  /** Why the attempt was stopped; empty if it was not, or if another avatar has the task. */
  public Optional<String> stopReason() {
    return stopped().filter(stop -> stop.cause() != Cause.TAKEN).map(Stop::reason);
  }

  /**
   * Ends the work: from here on no stop interrupts the attempt's thread, and the interrupt of an
   * earlier stop is cleared. Called by the attempt's thread only.
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
