package io.numa.avatar.worker;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.run.text.OutageNotice;
import io.numa.avatar.time.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes tasks one after the other and starts them, on one thread, as long as the worker runs. After
 * a failure it pauses and tries again.
 */
final class PollLoop {
  private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(60);

  /** How often a full disk is checked. */
  private static final Duration DISK_CHECK_EVERY = Duration.ofSeconds(10);

  private static final Duration PAUSE_CHECK_EVERY = Duration.ofMinutes(1);

  private static final Duration TIDY_EVERY = Duration.ofHours(1);

  private final Inbox inbox;
  private final Intake intake;
  private final Dispatcher dispatcher;
  private final WorkerControl control;
  private final Clock clock;
  private final WorkerWatch watch;
  private final OutageNotice notice = new OutageNotice(log, "polling");
  private Instant nextTidy = Instant.MIN;
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), LONGEST_BACKOFF);

  PollLoop(
      Inbox inbox, Intake intake, Dispatcher dispatcher, WorkerControl control, WorkerWatch watch) {
    this.inbox = inbox;
    this.intake = intake;
    this.dispatcher = dispatcher;
    this.control = control;
    this.watch = watch;
    this.clock = watch.clock();
  }

  /** Polls until the worker no longer runs. */
  void run() {
    boolean recovered = false;
    while (control.running() && !recovered) {
      recovered = succeeds(this::recover);
    }
    while (control.running()) {
      succeeds(this::takeNext);
    }
    watch.idle();
  }

  private interface Step {
    void take() throws InterruptedException;
  }

  private boolean succeeds(Step step) {
    try {
      watch.busy();
      step.take();
      backoff.reset();
      notice.succeeded();
      return true;
    } catch (InterruptedException e) {
      control.drain();
    } catch (UnauthorizedException e) {
      control.refuse(e);
    } catch (PortException e) {
      pauseAfter(e);
    } catch (RuntimeException e) {
      log.error("Internal error while polling; polling continues", e);
      pauseAfter(e);
    }
    return false;
  }

  private void recover() {
    tidy();
    inbox.pausedSince().ifPresent(control::pause);
    intake.recover(clock.instant());
  }

  /** An avatar without tasks tidies up, too. */
  private void tidy() {
    if (!clock.instant().isBefore(nextTidy)) {
      dispatcher.tidy();
      nextTidy = clock.instant().plus(TIDY_EVERY);
    }
  }

  private void takeNext() throws InterruptedException {
    tidy();
    if (control.pausedSince().isPresent()) {
      reportOrPause(PAUSE_CHECK_EVERY);
      return;
    }
    if (!dispatcher.hasDiskSpace()) {
      reportOrPause(DISK_CHECK_EVERY);
      return;
    }
    if (inbox.hasNext(clock.instant())) {
      watch.idle();
      dispatcher.begin(this::next);
    } else {
      intake.poll();
    }
  }

  /** Reports what was done before: that is no new work. */
  private void reportOrPause(Duration limit) throws InterruptedException {
    Optional<InboxEntry> done = inbox.nextDone(clock.instant());
    if (done.isPresent()) {
      dispatcher.report(done.get());
    } else {
      inbox.pause(limit);
    }
  }

  /** The entry to begin when there is a slot. The operator may have taken it away meanwhile. */
  private Optional<InboxEntry> next() {
    return control.pausedSince().isPresent() ? Optional.empty() : inbox.next(clock.instant());
  }

  private void pauseAfter(RuntimeException failure) {
    intake.failed(failure);
    control.polls();
    Duration pause = backoff.next();
    notice.failed(failure, pause);
    try {
      inbox.pause(pause);
    } catch (InterruptedException e) {
      control.drain();
    }
  }
}
