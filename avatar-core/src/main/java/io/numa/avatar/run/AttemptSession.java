package io.numa.avatar.run;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.report.Cancellation;
import io.numa.avatar.run.report.CancellationWatch;
import io.numa.avatar.run.report.LeaseKeeper;
import io.numa.avatar.run.report.LeaseRenewal;
import io.numa.avatar.run.report.LogToSend;
import io.numa.avatar.run.report.ReportSender;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.AgentText;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.Interrupts;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a task from its claim to its last report, with its background threads. Single use;
 * used by the attempt's thread only.
 */
final class AttemptSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AttemptSession.class);

  /** How long a stopped attempt waits until its last reports are sent. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final RunEnvironment environment;
  private final LeaseKeeper lease;
  private final Cancellation cancellation;
  private final AttemptProgress progress;
  private final RunLog text;
  private final ReportSender reports;
  private final Outcomes outcomes;
  private final Background background;
  private final Thread delivery;

  private AttemptSession(
      RunEnvironment environment,
      LeaseKeeper lease,
      AttemptProgress progress,
      RunLog text,
      ReportSender reports) {
    this.environment = environment;
    this.lease = lease;
    this.cancellation = lease.cancellation();
    this.progress = progress;
    this.text = text;
    this.reports = reports;
    this.outcomes = new Outcomes(lease.attempt().task(), progress, environment.journal().durable());
    this.background = new Background(lease.attempt().task().fileName());
    this.delivery = background.start("reports", reports);
  }

  private AttemptSession renewing() {
    StatusReporter reporter = environment.ports().reporter();
    background.start(
        "lease", new LeaseRenewal(lease, reporter, reports::lastSent, environment.clock()));
    return this;
  }

  /**
   * Claims a task.
   *
   * @throws PortException if the claim failed. The journal then has the attempt only if the claim
   *     may have reached the backend.
   */
  static AttemptSession begin(
      RunEnvironment environment, Attempt attempt, int number, FetchedTask task)
      throws InterruptedException {
    Journal journal = environment.journal();
    journal.begin(attempt, number);
    var progress = new AttemptProgress(environment.clock(), environment.settings().redactor());
    LeaseKeeper lease = environment.leaseKeeper(attempt);
    RunLog text = environment.openLog(attempt, 0);
    boolean claimed = false;
    try {
      StatusUpdate claim = progress.claim();
      claim(environment, lease, claim, task);
      claimed = true;
      var toSend = new LogToSend(text, environment.batchSize());
      var reports = new ReportSender(lease, environment.ports().reporter(), journal, toSend, claim);
      return new AttemptSession(environment, lease, progress, text, reports).renewing();
    } catch (PortException e) {
      if (isFinal(e)) {
        journal.settle(attempt.id(), environment.clock().instant());
      }
      throw e;
    } finally {
      if (!claimed) {
        lease.release();
        text.discard();
      }
    }
  }

  /**
   * Continues the reports of an attempt that a previous process began.
   *
   * @param claimAgain whether to claim the task again, if the attempt had a lease
   * @throws TaskTakenException if another avatar has the task by now
   */
  static AttemptSession resume(
      RunEnvironment environment, JournaledAttempt earlier, boolean claimAgain)
      throws InterruptedException {
    var progress = new AttemptProgress(environment.clock(), environment.settings().redactor());
    StatusUpdate lastSent = earlier.latest().orElseGet(progress::claim);
    progress.resume(lastSent);
    boolean claims = claimAgain && earlier.attempt().lease().isPresent();
    LeaseKeeper lease =
        environment.leaseKeeper(claims ? earlier.attempt().withoutLease() : earlier.attempt());
    lease.cancellation().workIsOver();
    environment.work().over(earlier.attempt().task());
    if (claims) {
      lastSent = progress.claimAgain();
      claimAgain(environment, lease, lastSent);
    }
    RunLog text = environment.openLog(earlier.attempt(), earlier.acknowledged());
    var reports =
        new ReportSender(
            lease,
            environment.ports().reporter(),
            environment.journal(),
            new LogToSend(text, environment.batchSize()),
            lastSent);
    reports.resume(earlier.reports(), earlier.acknowledged());
    var session = new AttemptSession(environment, lease, progress, text, reports);
    return claims ? session.renewing() : session;
  }

  /**
   * Claims the task again. The lease of the previous process may have ended. This sends a renewal,
   * because the backend may drop a repeated status, but never a renewal.
   */
  private static void claimAgain(RunEnvironment environment, LeaseKeeper lease, StatusUpdate claim)
      throws InterruptedException {
    StatusReporter reporter = environment.ports().reporter();
    lease.send(attempt -> reporter.renew(attempt, claim, environment.clock().millis()));
    environment.journal().claimed(lease.attempt());
  }

  private static void claim(
      RunEnvironment environment, LeaseKeeper lease, StatusUpdate claim, FetchedTask task)
      throws InterruptedException {
    StatusReporter reporter = environment.ports().reporter();
    lease.send(attempt -> reporter.report(attempt, claim));
    Attempt claimed = lease.attempt();
    Redactor redactor = environment.settings().redactor();
    environment.journal().claimed(claimed, task.description(redactor), claim.startedAt());
    environment.journal().announce(claimed.id(), claim, 0);
    environment.journal().told(claimed.id(), claim.sequence());
  }

  /** Refused credentials are not final: the claim may succeed with other credentials. */
  private static boolean isFinal(PortException failure) {
    return !failure.retryable() && !(failure instanceof UnauthorizedException);
  }

  /** Does the work, and gives its outcome. {@link #conclude} reports it. */
  TaskOutcome carryOut(FetchedTask task) {
    background.start(
        "watch",
        new CancellationWatch(
            cancellation,
            lease.attempt().task(),
            environment.ports().tasks(),
            environment.settings().attempts().cancellationInterval(),
            environment.steering()::offer));
    progress.controlled(environment.ports().commands().containment());
    TaskOutcome outcome =
        environment.beginWork(lease.attempt().task(), cancellation)
            ? work(task)
            : outcomes.of(new InterruptedException(), cancellation);
    cancellation.workIsOver();
    environment.work().over(lease.attempt().task());
    cancellation
        .stopped()
        .filter(Cancellation.Stop::isLoss)
        .ifPresent(loss -> environment.ports().metrics().count(Metric.LEASES_LOST));
    return Outcomes.atEnd(outcome, cancellation);
  }

  private TaskOutcome work(FetchedTask task) {
    var context = new StageContext(environment, lease, progress, text, reports);
    return new TaskPipeline(context, outcomes).run(task);
  }

  /** Writes a line into the attempt's log. */
  void say(String line) {
    text.say(progress.stage(), line);
  }

  AttemptProgress progress() {
    return progress;
  }

  /**
   * Reports the outcome, and returns when the backend has it or the avatar has to stop. The journal
   * keeps the reports that the backend does not have.
   *
   * @param permit is released when only reports remain to be sent
   */
  void conclude(TaskOutcome outcome, WorkPermit permit) {
    cancellation.workIsOver();
    sayLast(OutcomeText.of(outcome));
    progress.end(outcome).ifPresent(reports::announce);
    permit.release();
    environment.listener().reporting(lease.attempt().task(), outcome);
    if (outcome instanceof TaskOutcome.NotOurs) {
      settle();
    } else {
      awaitDelivery(outcome instanceof TaskOutcome.Cancelled && cancellation.stopped().isEmpty());
    }
  }

  /**
   * Whether the attempt stays in the journal without an outcome, so that a later attempt continues
   * the task.
   */
  boolean staysOpen(TaskOutcome outcome) {
    return outcomes.staysOpen(outcome, cancellation);
  }

  /** Logs the last line. Ignores a full disk, so that the outcome still reaches the backend. */
  private void sayLast(String lastLine) {
    try {
      progress.timings().ifPresent(line -> text.say(Stage.REPORT, line));
      progress.work().agent().ifPresent(agent -> text.say(Stage.REPORT, AgentText.of(agent)));
      text.say(Stage.REPORT, lastLine);
      text.joinTail();
    } catch (PortException e) {
      log.warn("The last lines of the log are missing: {}", e.getMessage());
    }
  }

  /** Waits until the backend has every report, without limit, unless the avatar has to stop. */
  private void awaitDelivery(boolean stopping) {
    boolean hurry = Interrupts.take() || stopping;
    try {
      delivery.join(hurry ? LAST_WORDS.toMillis() : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (delivery.isAlive()) {
      log.warn("Stopping before the backend has the last reports");
    } else if (reports.allSent() || reports.taken()) {
      settle();
    }
  }

  /**
   * Sends the remaining reports. Returns whether the backend has them all and the task is still
   * ours.
   */
  boolean sendRest() throws InterruptedException {
    text.joinTail();
    reports.complete();
    delivery.join();
    if (reports.taken()) {
      settle();
    }
    return reports.allSent();
  }

  /**
   * Removes the attempt from the journal. If that fails, its reports may be sent again after a
   * restart.
   */
  void settle() {
    try {
      environment.journal().settle(lease.attempt().id(), environment.clock().instant());
    } catch (PortException e) {
      log.warn("Task {} stays in the journal: {}", lease.attempt().task(), e.getMessage());
    }
  }

  /** Ends the attempt's background threads, and closes its log. */
  @Override
  public void close() {
    reports.refusal().ifPresent(environment.refusal()::set);
    background.close();
    lease.release();
    environment.work().end(lease.attempt().task());
    text.close();
    environment.tidyHomes(lease.attempt().task());
  }
}
