package io.numa.avatar.queue;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task that this avatar took from a queue, from its delivery to its end. Safe for use by
 * several threads.
 *
 * <p>While its work goes on, the attempt's lease renewal renews it. From its last report on, it
 * renews itself: a renewal at the backend would undo that report.
 *
 * <p>The methods that end it throw nothing. If the engine cannot be reached, or the thread is
 * interrupted, the queue delivers the task once more, and its state at the backend then says what
 * to do with it.
 */
public final class HeldTask {
  private static final Logger log = LoggerFactory.getLogger(HeldTask.class);

  /** How long a task waits that was given back for the first time; the times double. */
  private static final Duration SHORTEST_DELAY = Duration.ofSeconds(5);

  private static final Duration LONGEST_DELAY = Duration.ofSeconds(60);

  /** How long to wait before a renewal that follows one that failed. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);

  private final Delivery delivery;
  private final TimeSource time;
  private final ScheduledExecutorService timer;
  private final HeldTasks others;
  private Optional<AttemptId> owner = Optional.empty();

  /**
   * The attempts that had claimed the task before it was taken; empty if they are not known yet.
   */
  private Optional<List<AttemptId>> former = Optional.empty();

  private Lease lease = new Lease(Duration.ZERO, Optional.empty());
  private long renewedAt;
  private boolean taken;

  /** Whether the backend grants leases, too; empty until it has answered. */
  private Optional<Boolean> backendLeases = Optional.empty();

  /** The attempt whose lease is renewed here. */
  private Optional<Attempt> kept = Optional.empty();

  private Optional<Future<?>> renewal = Optional.empty();

  HeldTask(Delivery delivery, TimeSource time, ScheduledExecutorService timer, HeldTasks others) {
    this.delivery = delivery;
    this.time = time;
    this.timer = timer;
    this.others = others;
  }

  public TaskId id() {
    return delivery.message().task();
  }

  /** When the task was published, if the engine knows it. */
  public Optional<Instant> publishedAt() {
    return delivery.message().publishedAt();
  }

  /** How often the task was claimed so far, by all avatars together. */
  public synchronized int claims() throws InterruptedException {
    int count = delivery.claim().count();
    if (count == 0) {
      former = Optional.of(List.of());
    }
    return count;
  }

  /**
   * The attempts that have claimed the task before, the newest last. Asks the engine once, unless
   * there are none.
   */
  public synchronized List<AttemptId> formerAttempts() throws InterruptedException {
    if (former.isEmpty()) {
      former = Optional.of(delivery.claim().attempts());
    }
    return former.get();
  }

  /**
   * Claims the task for an attempt, unless the attempt has it. Renews a lease that is nearly over:
   * the machine may have slept, and a backend that grants no leases would take a late report for
   * the newest one.
   *
   * @return what is left of the lease
   */
  synchronized Lease claim(Attempt attempt) throws InterruptedException {
    if (!owner.equals(Optional.of(attempt.id()))) {
      long asked = time.nanoTime();
      lease = noted(() -> delivery.claim().take(attempt.id()));
      renewedAt = asked;
      owner = Optional.of(attempt.id());
      stopRenewals(kept -> !kept.equals(attempt));
    } else if (left().duration().compareTo(lease.duration().dividedBy(4)) < 0) {
      renew();
    }
    return left();
  }

  /** Claims the task, or renews its lease. */
  synchronized Lease renew(Attempt attempt) throws InterruptedException {
    claim(attempt);
    renew();
    return left();
  }

  private void renew() throws InterruptedException {
    long asked = time.nanoTime();
    lease = noted(delivery.claim()::renew);
    renewedAt = asked;
  }

  /** Confirms the claim. The task may have been delivered again to this avatar meanwhile. */
  synchronized void confirm(Attempt attempt) throws InterruptedException {
    claim(attempt);
    noted(
        () -> {
          delivery.claim().confirm();
          return lease;
        });
  }

  private Lease left() {
    Duration left = lease.duration().minus(time.since(renewedAt));
    return new Lease(left.isNegative() ? Duration.ZERO : left, Optional.empty());
  }

  private interface Call {
    Lease make() throws InterruptedException;
  }

  private Lease noted(Call call) throws InterruptedException {
    try {
      return call.make();
    } catch (TaskTakenException e) {
      taken = true;
      throw e;
    }
  }

  /** The backend says that another avatar has the task. */
  synchronized void takenAtBackend() {
    taken = true;
  }

  /** The backend has answered a report, and granted a lease or none. */
  synchronized void answered(boolean leased) {
    backendLeases = Optional.of(leased || backendLeases.orElse(false));
  }

  /** Whether a renewal at the backend is of use: not if it grants no leases. */
  synchronized boolean mayHaveLeaseAtBackend() {
    return backendLeases.orElse(true);
  }

  /**
   * Renews the lease by itself from now on, until the task ends, another attempt claims it, or
   * another avatar has it.
   */
  public synchronized void keep(Attempt attempt) {
    if (kept.isEmpty()) {
      kept = Optional.of(attempt);
      renewIn(owner.isPresent() ? lease.duration().dividedBy(3) : Duration.ZERO);
    }
  }

  private void renewIn(Duration pause) {
    renewal = Optional.of(timer.schedule(this::renewKept, pause.toNanos(), NANOSECONDS));
  }

  private synchronized void renewKept() {
    if (kept.isPresent()) {
      renewQuietly(kept.get());
    }
    if (kept.isPresent()) {
      renewIn(Durations.longer(lease.duration().dividedBy(3), SHORTEST_PAUSE));
    }
  }

  private void renewQuietly(Attempt attempt) {
    try {
      renew(attempt);
    } catch (TaskTakenException e) {
      log.warn("Task {} is not renewed any more: {}", id(), e.getMessage());
      kept = Optional.empty();
    } catch (PortException e) {
      log.debug("The lease of task {} was not renewed: {}", id(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kept = Optional.empty();
    }
  }

  private void stopRenewals(Predicate<Attempt> of) {
    if (kept.filter(of).isPresent()) {
      kept = Optional.empty();
      renewal.ifPresent(running -> running.cancel(false));
    }
  }

  /** This avatar was given the task once more, so that a newer delivery is renewed. */
  synchronized void replaced() {
    stopRenewals(any -> true);
  }

  /** Ends the task. */
  public void settle() {
    end(delivery::settle);
  }

  /**
   * Ends a task that this avatar does not carry out: one that is not ready ends in the queue, too;
   * one that another avatar has at the backend is looked at again later.
   */
  public void leave() {
    if (isTaken()) {
      giveBack(LONGEST_DELAY);
    } else {
      settle();
    }
  }

  private synchronized boolean isTaken() {
    return taken;
  }

  /**
   * Gives the task back, for 5 s at the first delivery, then twice as long each time, up to 60 s.
   */
  public void giveBack() {
    int before = delivery.message().deliveries() - 1;
    giveBack(Durations.doubled(SHORTEST_DELAY, before, LONGEST_DELAY));
  }

  /** Gives the task back; no avatar gets it for the time of {@code delay}. */
  public void giveBack(Duration delay) {
    end(() -> delivery.giveBack(delay));
  }

  /** Moves the task to the dead letters. */
  public void bury(String reason) {
    log.warn("Task {} goes to the dead letters: {}", id(), reason);
    end(() -> delivery.bury(reason));
  }

  /** Holds the task no longer, and lets the queue deliver it again when its lease is over. */
  public void letGo() {
    synchronized (this) {
      stopRenewals(any -> true);
    }
    others.forget(this);
  }

  private interface Ending {
    void tell() throws InterruptedException;
  }

  private void end(Ending ending) {
    letGo();
    try {
      ending.tell();
    } catch (PortException e) {
      log.warn("The queue was not told how task {} ended: {}", id(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
