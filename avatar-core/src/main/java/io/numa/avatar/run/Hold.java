package io.numa.avatar.run;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.time.Interrupts;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Waiter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to go on with an attempt, which a backend, a lease or the clock may take away: the
 * attempt's thread is interrupted then, once. Safe for use by several threads.
 *
 * <p>A lease is measured by the machine's monotonic clock, from before the question that it answers
 * was sent, and counts as ended after three quarters of it, so that processes are ended and nothing
 * is under way any more when another avatar may be given the task.
 */
final class Hold {
  /** Why an attempt may not go on. */
  enum Loss {
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
  record Lost(Loss loss, String reason) {}

  /** Tells the backend something. */
  @FunctionalInterface
  interface Telling {
    void tell() throws InterruptedException;
  }

  private static final String LAPSED =
      "its lease was about to end, and the backend did not renew it";

  private final ReentrantLock lock = new ReentrantLock();

  /** Held while the last status is told or the lease renewed. */
  private final ReentrantLock turn = new ReentrantLock();

  private final Waiter changed = new Waiter();
  private boolean lastBegun;
  private final Thread worker = Thread.currentThread();
  private final ScheduledExecutorService timer;
  private final TimeSource time;
  private Attempt attempt;
  private @Nullable Lost lost;
  private boolean over;

  /** When the lease was asked for, by {@link #now}. */
  private long askedAt;

  private Optional<Future<?>> fence = Optional.empty();
  private Optional<Future<?>> limit = Optional.empty();

  /** The calling thread's right to go on with {@code attempt}. */
  Hold(Attempt attempt, ScheduledExecutorService timer, TimeSource time) {
    this.attempt = attempt;
    this.timer = timer;
    this.time = time;
  }

  /** The monotonic time, in nanoseconds. */
  long now() {
    return time.nanoTime();
  }

  /** The attempt, with the lease it has now. */
  Attempt attempt() {
    lock.lock();
    try {
      return attempt;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a lease, or a new one.
   *
   * @param asked when the question was sent, by {@link #now}
   */
  void lease(Lease lease, long asked) {
    lock.lock();
    try {
      Optional<String> epoch = lease.epoch().or(() -> attempt.lease().flatMap(Lease::epoch));
      attempt = attempt.withLease(new Lease(lease.duration(), epoch));
      askedAt = asked;
      fence.ifPresent(running -> running.cancel(false));
      fence = Optional.of(after(untilFence(), () -> lose(Loss.LAPSED, LAPSED)));
      changed.wake();
    } finally {
      lock.unlock();
    }
  }

  /** The backend has confirmed what it granted before. */
  void renewed(long asked) {
    attempt().lease().ifPresent(lease -> lease(lease, asked));
  }

  /** How long until the lease is to be renewed: at a third of it; for ever without one. */
  private Duration untilRenewal() {
    lock.lock();
    try {
      return attempt
          .lease()
          .map(lease -> lease.duration().dividedBy(3).minus(sinceAsked()))
          .orElse(Duration.ofDays(1));
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the lease is to be renewed. */
  void awaitRenewal() throws InterruptedException {
    for (Duration left = untilRenewal(); left.compareTo(Duration.ZERO) > 0; left = untilRenewal()) {
      changed.pause(left);
    }
  }

  private Duration untilFence() {
    return attempt
        .lease()
        .map(lease -> lease.duration().multipliedBy(3).dividedBy(4).minus(sinceAsked()))
        .orElseThrow();
  }

  private Duration sinceAsked() {
    return time.since(askedAt);
  }

  /** Lets no more than {@code allowed} pass, from now, before {@code reason} ends the attempt. */
  void limit(Duration allowed, String reason) {
    lock.lock();
    try {
      limit.ifPresent(running -> running.cancel(false));
      limit = Optional.of(after(allowed, () -> lose(Loss.OVERTIME, reason)));
    } finally {
      lock.unlock();
    }
  }

  private Future<?> after(Duration delay, Runnable action) {
    return timer.schedule(action, delay.toNanos(), NANOSECONDS);
  }

  /** Takes the right away, unless it is gone or the work is over. */
  void lose(Loss loss, String reason) {
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

  Optional<Lost> lost() {
    lock.lock();
    try {
      return Optional.ofNullable(lost);
    } finally {
      lock.unlock();
    }
  }

  /** Why the attempt is to stop; empty if it is not, or if another avatar has the task. */
  Optional<String> stopReason() {
    return lost().filter(loss -> loss.loss() != Loss.TAKEN).map(Lost::reason);
  }

  /**
   * Makes sure that the attempt may still do what cannot be undone. A process that was asleep hears
   * of its lease's end here even before the timer.
   *
   * @throws InterruptedException if it may not
   */
  void check() throws InterruptedException {
    lock.lock();
    try {
      if (attempt.lease().isPresent() && untilFence().compareTo(Duration.ZERO) <= 0) {
        lose(Loss.LAPSED, LAPSED);
      }
    } finally {
      lock.unlock();
    }
    Interrupts.check();
  }

  /**
   * Ends the work: a loss does not interrupt the attempt's thread from here on, and the interrupt
   * of an earlier loss is cleared. For the attempt's thread.
   */
  void workIsOver() {
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

  /**
   * Tells the attempt's last status, which no renewal must follow: it would undo it. Where telling
   * fails, the backend may have heard it all the same.
   */
  void tellLast(Telling status) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      lastBegun = true;
      status.tell();
    } finally {
      turn.unlock();
    }
  }

  /** Renews the lease, unless the last status is being told; says whether it did. */
  boolean tellUnlessOver(Telling renewal) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      if (!lastBegun) {
        renewal.tell();
      }
      return !lastBegun;
    } finally {
      turn.unlock();
    }
  }

  /** Gives the right up. */
  void release() {
    lock.lock();
    try {
      fence.ifPresent(running -> running.cancel(false));
    } finally {
      lock.unlock();
    }
  }
}
