package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Journal;
import io.numa.avatar.port.JournaledAttempt;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.time.Background;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a task from its claim to its last report, with all that goes on beside it. For one
 * thread, once.
 */
final class Execution implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Execution.class);

  /** How long a stopped attempt may take to say that it was stopped. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  /** What is done between claim and outcome. */
  @FunctionalInterface
  interface Work {
    TaskOutcome on(TaskRun run);
  }

  private final RunEnvironment environment;
  private final Hold hold;
  private final Course course;
  private final RunLog text;
  private final Reports reports;
  private final Background background;
  private final Thread delivery;

  private Execution(
      RunEnvironment environment, Hold hold, Course course, RunLog text, Reports reports) {
    this.environment = environment;
    this.hold = hold;
    this.course = course;
    this.text = text;
    this.reports = reports;
    this.background = new Background(hold.attempt().task().fileName());
    this.delivery = background.start("reports", reports);
  }

  private Execution renewing() {
    StatusReporter reporter = environment.ports().reporter();
    background.start(
        "lease", new LeaseRenewal(hold, reporter, reports::lastSent, environment.clock()));
    return this;
  }

  /**
   * Claims a task.
   *
   * @throws PortException if that failed; there is no trace then but in the journal, and there only
   *     where the claim may have reached the backend
   */
  static Execution begin(RunEnvironment environment, Attempt attempt, int number)
      throws InterruptedException {
    Journal journal = environment.journal();
    journal.begin(attempt, number);
    var course = new Course(environment.clock(), environment.settings().redactor());
    var hold = new Hold(attempt, environment.timer(), environment.time());
    RunLog text = openLog(environment, attempt, 0);
    boolean claimed = false;
    try {
      StatusUpdate claim = course.claim();
      claim(environment, hold, claim);
      claimed = true;
      var reports = new Reports(hold, environment.ports().reporter(), journal, text, claim);
      return new Execution(environment, hold, course, text, reports).renewing();
    } catch (PortException e) {
      if (isFinal(e)) {
        journal.settle(attempt.id());
      }
      throw e;
    } finally {
      if (!claimed) {
        hold.release();
        text.discard();
      }
    }
  }

  /**
   * Goes on with an attempt that an earlier life of the avatar has begun, as far as telling of it
   * goes.
   *
   * @param claimAgain whether to ask again for the lease, where it had one
   * @throws TaskTakenException if another avatar has it by now
   */
  static Execution resume(RunEnvironment environment, JournaledAttempt earlier, boolean claimAgain)
      throws InterruptedException {
    var course = new Course(environment.clock(), environment.settings().redactor());
    StatusUpdate lastSent = earlier.latest().orElseGet(course::claim);
    course.resume(lastSent);
    boolean claims = claimAgain && earlier.attempt().lease().isPresent();
    var hold =
        new Hold(
            claims ? earlier.attempt().withoutLease() : earlier.attempt(),
            environment.timer(),
            environment.time());
    hold.workIsOver();
    if (claims) {
      lastSent = course.claimAgain();
      claimAgain(environment, hold, lastSent);
    }
    RunLog text = openLog(environment, earlier.attempt(), earlier.acknowledged());
    var reports =
        new Reports(hold, environment.ports().reporter(), environment.journal(), text, lastSent);
    reports.resume(earlier.reports(), earlier.acknowledged());
    var execution = new Execution(environment, hold, course, text, reports);
    return claims ? execution.renewing() : execution;
  }

  /**
   * Claims what we held before our process ended, and may have lost since. Unlike a status, a
   * renewal can be told in each life anew, and the backend takes no one for a repeat.
   */
  private static void claimAgain(RunEnvironment environment, Hold hold, StatusUpdate claim)
      throws InterruptedException {
    long asked = hold.now();
    environment
        .ports()
        .reporter()
        .renew(hold.attempt(), claim, environment.clock().millis())
        .ifPresent(lease -> hold.lease(lease, asked));
    environment.journal().claimed(hold.attempt());
  }

  private static void claim(RunEnvironment environment, Hold hold, StatusUpdate claim)
      throws InterruptedException {
    StatusReporter reporter = environment.ports().reporter();
    Attempt attempt = hold.attempt();
    long asked = hold.now();
    reporter
        .report(attempt, claim)
        .ifPresentOrElse(lease -> hold.lease(lease, asked), () -> hold.renewed(asked));
    environment.journal().claimed(hold.attempt());
    environment.journal().announce(attempt.id(), claim, 0);
    environment.journal().told(attempt.id(), claim.sequence());
  }

  /** Refused credentials say nothing of the claim; with better ones it may turn out to be ours. */
  private static boolean isFinal(PortException failure) {
    return !failure.retryable() && !(failure instanceof UnauthorizedException);
  }

  private static RunLog openLog(RunEnvironment environment, Attempt attempt, long acknowledged) {
    return RunLog.reopen(
        environment.logFile(attempt),
        acknowledged,
        environment.settings().limits().log(),
        environment.settings().redactor(),
        environment.clock(),
        printed -> environment.listener().printed(attempt.task(), printed));
  }

  /** Does the work, and gives its outcome, which is still to be told. */
  TaskOutcome carryOut(Work work) {
    background.start(
        "watch",
        new CancellationWatch(
            hold,
            environment.ports().tasks(),
            environment.settings().attempts().cancellationInterval()));
    course.controlled(environment.ports().commands().containment());
    TaskOutcome outcome = work.on(new TaskRun(environment, hold, course, text, reports));
    hold.workIsOver();
    Optional<Hold.Lost> lost = hold.lost().filter(loss -> loss.loss() != Hold.Loss.CANCELLED);
    return lost.isEmpty()
            || lost.get().loss() == Hold.Loss.OVERTIME
            || outcome instanceof TaskOutcome.Delivered
        ? outcome
        : new TaskOutcome.NotOurs(lost.get().reason());
  }

  /** Says something in the attempt's log. */
  void say(String line) {
    text.say(course.stage(), line);
  }

  Course course() {
    return course;
  }

  /**
   * Tells the backend how it ended, and returns when it knows, or when somebody wants us to stop.
   * What it does not know then, stays in the journal.
   *
   * @param workOver is called when nothing is left to do but to tell
   */
  void conclude(TaskOutcome outcome, Runnable workOver) {
    hold.workIsOver();
    sayLast(OutcomeText.of(outcome));
    course.end(outcome).ifPresent(reports::announce);
    workOver.run();
    if (outcome instanceof TaskOutcome.NotOurs) {
      settle();
    } else {
      awaitDelivery(outcome instanceof TaskOutcome.Cancelled && hold.lost().isEmpty());
    }
  }

  /**
   * Whether the attempt stays in the journal without an outcome, to be followed by another one: it
   * lost its lease, or somebody stopped the avatar and the journal remembers.
   */
  boolean staysOpen(TaskOutcome outcome) {
    if (!(outcome instanceof TaskOutcome.NotOurs) && !(outcome instanceof TaskOutcome.Cancelled)) {
      return false;
    }
    return hold.lost()
        .map(lost -> lost.loss() == Hold.Loss.LAPSED)
        .orElse(environment.journal().durable());
  }

  /** A full disk must not keep the backend from hearing how it ended. */
  private void sayLast(String ending) {
    try {
      course.timings().ifPresent(line -> text.say(Stage.REPORT, line));
      text.say(Stage.REPORT, ending);
      text.joinTail();
    } catch (PortException e) {
      log.warn("The last lines of the log are missing: {}", e.getMessage());
    }
  }

  /** Waits until everything is told: as long as it takes, unless somebody wants us to stop. */
  private void awaitDelivery(boolean stopping) {
    boolean hurry = Thread.interrupted() || stopping;
    try {
      delivery.join(hurry ? LAST_WORDS.toMillis() : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (delivery.isAlive()) {
      log.warn("Stopping before the last reports were taken by the backend");
    } else if (reports.allTold() || reports.taken()) {
      settle();
    }
  }

  /**
   * Tells what is left to tell, and nothing more; says whether the backend has it all and the task
   * is still ours.
   */
  boolean tellTheRest() throws InterruptedException {
    text.joinTail();
    reports.complete();
    delivery.join();
    if (reports.taken()) {
      settle();
    }
    return reports.allTold();
  }

  /** Forgets the attempt. If that fails it will be told once more, after a restart. */
  void settle() {
    try {
      environment.journal().settle(hold.attempt().id());
    } catch (PortException e) {
      log.warn("Task {} stays in the journal: {}", hold.attempt().task(), e.getMessage());
    }
  }

  /** Ends what goes on beside the attempt. */
  @Override
  public void close() {
    reports.refusal().ifPresent(environment.refusal()::set);
    background.close();
    hold.release();
    text.close();
  }
}
