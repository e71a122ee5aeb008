package io.numa.avatar.run.report;

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

/**
 * Keeps the attempt's lease on its task, if the backend grants leases, and stops the attempt before
 * the lease ends. Safe for use by several threads.
 *
 * <p>The keeper measures a lease by the machine's monotonic clock, from the moment before it sent
 * the request. It treats the lease as ended after three quarters of its time. So all processes of
 * the attempt have ended before the backend may give the task to another avatar.
 */
public final class LeaseKeeper {
  public static final String TAKEN = "the backend gave it to another avatar";

  private static final String LAPSED =
      "its lease was about to end, and the backend did not renew it";

  /** Sends the backend a request about an attempt, whose answer may carry a lease. */
  @FunctionalInterface
  public interface Request {
    Optional<Lease> send(Attempt attempt) throws InterruptedException;
  }

  private final Object lock = new Object();

  /** Locked while the last status or a renewal is sent. */
  private final ReentrantLock sending = new ReentrantLock();

  private final Waiter changed = new Waiter();
  private final Cancellation cancellation;
  private final ScheduledExecutorService timer;
  private final TimeSource time;
  private Attempt attempt;
  private boolean lastStarted;

  /** When the lease was requested, in monotonic nanoseconds. */
  private long askedAt;

  private Optional<Future<?>> fence = Optional.empty();

  /**
   * @param cancellation stops the attempt
   */
  public LeaseKeeper(
      Attempt attempt, Cancellation cancellation, ScheduledExecutorService timer, TimeSource time) {
    this.attempt = attempt;
    this.cancellation = cancellation;
    this.timer = timer;
    this.time = time;
  }

  /** The time by which the lease is measured. */
  TimeSource time() {
    return time;
  }

  public Cancellation cancellation() {
    return cancellation;
  }

  /** The attempt with its current lease. */
  public Attempt attempt() {
    synchronized (lock) {
      return attempt;
    }
  }

  /** Sends a request. The answer grants a new lease, or confirms the current one. */
  public void send(Request request) throws InterruptedException {
    long asked = time.nanoTime();
    Optional<Lease> granted = request.send(attempt());
    granted.or(() -> attempt().lease()).ifPresent(lease -> take(lease, asked));
  }

  /**
   * Sends the attempt's last status. No renewal must follow, because a renewal would undo this
   * status. The backend may have the status even if sending fails.
   */
  void sendLast(Request status) throws InterruptedException {
    sending.lockInterruptibly();
    try {
      lastStarted = true;
      send(status);
    } finally {
      sending.unlock();
    }
  }

  /** Sends a renewal, unless the last status was sent already. Returns whether it sent one. */
  boolean renew(Request renewal) throws InterruptedException {
    sending.lockInterruptibly();
    try {
      if (!lastStarted) {
        send(renewal);
      }
      return !lastStarted;
    } finally {
      sending.unlock();
    }
  }

  private void take(Lease lease, long asked) {
    synchronized (lock) {
      Optional<String> epoch = lease.epoch().or(() -> attempt.lease().flatMap(Lease::epoch));
      attempt = attempt.withLease(new Lease(lease.duration(), epoch));
      askedAt = asked;
      fence.ifPresent(running -> running.cancel(false));
      fence = Optional.of(timer.schedule(this::lapse, untilFence(lease).toNanos(), NANOSECONDS));
      changed.wake();
    }
  }

  private void lapse() {
    cancellation.stop(Cancellation.Cause.LAPSED, LAPSED);
  }

  /** Stops the attempt, because the backend gave its task to another avatar. */
  public void taken() {
    cancellation.stop(Cancellation.Cause.TAKEN, TAKEN);
  }

  /** Waits until it is time to renew the lease. */
  void awaitRenewal() throws InterruptedException {
    for (Duration left = untilRenewal(); left.compareTo(Duration.ZERO) > 0; left = untilRenewal()) {
      changed.pause(left);
    }
  }

  /**
   * The time until the next renewal, which is due after a third of the lease; a day without a
   * lease.
   */
  private Duration untilRenewal() {
    synchronized (lock) {
      return attempt
          .lease()
          .map(lease -> lease.duration().dividedBy(3).minus(time.since(askedAt)))
          .orElse(Duration.ofDays(1));
    }
  }

  private Duration untilFence(Lease lease) {
    return lease.duration().multipliedBy(3).dividedBy(4).minus(time.since(askedAt));
  }

  /**
   * Checks that the attempt may still do something that cannot be undone. After the machine was
   * asleep, this check finds that the lease has ended even if the timer has not run yet.
   *
   * @throws InterruptedException if it may not do so
   */
  public void check() throws InterruptedException {
    synchronized (lock) {
      attempt
          .lease()
          .filter(lease -> untilFence(lease).compareTo(Duration.ZERO) <= 0)
          .ifPresent(lease -> lapse());
    }
    Interrupts.check();
  }

  /** Stops watching the lease. */
  public void release() {
    synchronized (lock) {
      fence.ifPresent(running -> running.cancel(false));
    }
  }
}
