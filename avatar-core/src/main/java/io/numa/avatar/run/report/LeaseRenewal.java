package io.numa.avatar.run.report;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.run.text.OutageNotice;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the lease of an attempt after each third of its time. It runs on a separate thread, so
 * that unsent log text does not delay renewals. It repeats a failed renewal. If renewals come too
 * late, the keeper stops the attempt.
 */
public final class LeaseRenewal implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(LeaseRenewal.class);

  private final LeaseKeeper lease;
  private final StatusReporter reporter;
  private final Supplier<StatusUpdate> lastSent;
  private final Backoff backoff;
  private final OutageNotice notice;
  private Duration pause = Duration.ZERO;

  /** Starts at the current time, so that a later process counts higher. */
  private long count;

  /**
   * @param lastSent gives the last status that was sent
   */
  public LeaseRenewal(
      LeaseKeeper lease, StatusReporter reporter, Supplier<StatusUpdate> lastSent, Clock clock) {
    this.count = clock.millis();
    this.lease = lease;
    this.reporter = reporter;
    this.lastSent = lastSent;
    this.notice = new OutageNotice(log, "renewing the lease of task " + lease.attempt().task());
    this.backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
  }

  /**
   * Renews until the last status is sent, another avatar has the task, the backend refuses our
   * credentials, or the thread is interrupted.
   */
  @Override
  public void run() {
    try {
      do {
        lease.awaitRenewal();
        Background.pause(pause);
      } while (isAlive() && renew());
    } catch (TaskTakenException e) {
      lease.taken();
    } catch (UnauthorizedException e) {
      log.error(
          "The lease of task {} cannot be renewed: {}", lease.attempt().task(), e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** An attempt that hangs must not keep its task from other avatars. */
  private boolean isAlive() {
    boolean overdue = lease.cancellation().isOverdue();
    if (overdue) {
      log.error(
          "Task {} hangs: its work has not ended after its time was up, so its lease is left to"
              + " end",
          lease.attempt().task());
    }
    return !overdue;
  }

  /** Renews once, and returns whether another renewal may follow. */
  private boolean renew() throws InterruptedException {
    try {
      boolean renewed = lease.renew(now -> reporter.renew(now, lastSent.get(), ++count));
      backoff.reset();
      notice.succeeded();
      pause = Duration.ZERO;
      return renewed;
    } catch (TaskTakenException | UnauthorizedException e) {
      throw e;
    } catch (PortException e) {
      pause = backoff.next();
      notice.failed(e, pause);
      return true;
    }
  }
}
