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
 * Keeps the lease by which an attempt has its task, where the backend grants one, and stops the
 * attempt before the lease ends. Safe for use by several threads.
 *
 * <p>A lease is measured by the machine's monotonic clock, from before the request that it answers
 * was sent, and counts as ended after three quarters of it, so that processes are ended and nothing
 * is under way any more when another avatar may be given the task.
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

  private final ReentrantLock lock = new ReentrantLock();

  /** Held while the last status is sent or the lease renewed. */
  private final ReentrantLock turn = new ReentrantLock();

  private final Waiter changed = new Waiter();
  private final Cancellation cancellation;
  private final ScheduledExecutorService timer;
  private final TimeSource time;
  private Attempt attempt;
  private boolean lastBegun;

  /** When the lease was asked for, in monotonic time. */
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

  public Cancellation cancellation() {
    return cancellation;
  }

  /** The attempt, with the lease it has now. */
  public Attempt attempt() {
    lock.lock();
    try {
      return attempt;
    } finally {
      lock.unlock();
    }
  }

  /** Sends a request; its answer grants a lease, or confirms the one that was granted before. */
  public void send(Request request) throws InterruptedException {
    long asked = time.nanoTime();
    Optional<Lease> granted = request.send(attempt());
    granted.or(() -> attempt().lease()).ifPresent(lease -> take(lease, asked));
  }

  /**
   * Sends the attempt's last status, which no renewal must follow: it would undo it. Where sending
   * fails, the backend may have it all the same.
   */
  void sendLast(Request status) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      lastBegun = true;
      send(status);
    } finally {
      turn.unlock();
    }
  }

  /** Sends a renewal, unless the last status was sent before; says whether it did. */
  boolean renew(Request renewal) throws InterruptedException {
    turn.lockInterruptibly();
    try {
      if (!lastBegun) {
        send(renewal);
      }
      return !lastBegun;
    } finally {
      turn.unlock();
    }
  }

  private void take(Lease lease, long asked) {
    lock.lock();
    try {
      Optional<String> epoch = lease.epoch().or(() -> attempt.lease().flatMap(Lease::epoch));
      attempt = attempt.withLease(new Lease(lease.duration(), epoch));
      askedAt = asked;
      fence.ifPresent(running -> running.cancel(false));
      fence = Optional.of(timer.schedule(this::lapse, untilFence(lease).toNanos(), NANOSECONDS));
      changed.wake();
    } finally {
      lock.unlock();
    }
  }

  private void lapse() {
    cancellation.lose(Cancellation.Loss.LAPSED, LAPSED);
  }

  /** Stops the attempt, as the backend gave its task to another avatar. */
  void taken() {
    cancellation.lose(Cancellation.Loss.TAKEN, TAKEN);
  }

  /** Waits until the lease is to be renewed. */
  void awaitRenewal() throws InterruptedException {
    for (Duration left = untilRenewal(); left.compareTo(Duration.ZERO) > 0; left = untilRenewal()) {
      changed.pause(left);
    }
  }

  /** How long until the lease is to be renewed: at a third of it; a day without one. */
  private Duration untilRenewal() {
    lock.lock();
    try {
      return attempt
          .lease()
          .map(lease -> lease.duration().dividedBy(3).minus(time.since(askedAt)))
          .orElse(Duration.ofDays(1));
    } finally {
      lock.unlock();
    }
  }

  private Duration untilFence(Lease lease) {
    return lease.duration().multipliedBy(3).dividedBy(4).minus(time.since(askedAt));
  }

  /**
   * Makes sure that the attempt may still do what cannot be undone. A process that was asleep finds
   * here that its lease has ended, even before the timer does.
   *
   * @throws InterruptedException if it may not
   */
  public void check() throws InterruptedException {
    lock.lock();
    try {
      attempt
          .lease()
          .filter(lease -> untilFence(lease).compareTo(Duration.ZERO) <= 0)
          .ifPresent(lease -> lapse());
    } finally {
      lock.unlock();
    }
    Interrupts.check();
  }

  /** Gives the lease up. */
  public void release() {
    lock.lock();
    try {
      fence.ifPresent(running -> running.cancel(false));
    } finally {
      lock.unlock();
    }
  }
}
