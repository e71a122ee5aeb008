package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskOutcome.NotOurs;
import io.numa.avatar.task.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Carries out tasks: claims them, has the work done, and reports to the end. Safe for use by
 * several threads, each with its own task; tasks on one branch of one repository wait for each
 * other.
 */
public final class TaskRunner {
  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);

  /** How long a stopped attempt may take to say that it was stopped. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final RunEnvironment environment;

  /** Attempts whose claim may have reached the backend, though no answer said so. */
  private final Map<TaskId, Attempt> unsettled = new ConcurrentHashMap<>();

  public TaskRunner(Ports ports, RunSettings settings, RunListener listener, Clock clock) {
    this.environment =
        new RunEnvironment(ports, settings, listener, clock, new BranchTurns(), new Baselines());
  }

  /**
   * Carries out a task, and returns when the backend knows how it ended. An interrupt cancels it.
   *
   * @throws PortException if the task could not be fetched or claimed; nothing has been done then,
   *     and where it is retryable, the same call may do better later
   * @throws InterruptedException if the thread was interrupted before the task was claimed
   */
  public TaskOutcome run(TaskId id) throws InterruptedException {
    try {
      Task task = environment.ports().tasks().task(id);
      return isReady(id, task.state())
          ? attempt(id, run -> run.carryOut(task))
          : new NotOurs("its status is " + task.state() + ", not TODO");
    } catch (InvalidTaskException e) {
      return isReady(id, e.state())
          ? attempt(id, run -> run.refuse(e))
          : new NotOurs(e.getMessage());
    } catch (TaskTakenException e) {
      return new NotOurs(e.getMessage());
    }
  }

  private boolean isReady(TaskId id, TaskState state) {
    return state == TaskState.TODO || (state == TaskState.IN_PROGRESS && unsettled.containsKey(id));
  }

  @FunctionalInterface
  private interface Work {
    TaskOutcome on(TaskRun run);
  }

  private TaskOutcome attempt(TaskId id, Work work) throws InterruptedException {
    Attempt attempt = unsettled.computeIfAbsent(id, Attempt::of);
    var course = new Course(environment.clock(), environment.settings().redactor());
    try (var task = MDC.putCloseable("task", id.value());
        var number = MDC.putCloseable("attempt", attempt.id().toString());
        var text = openLog(attempt)) {
      Attempt claimed = claim(attempt, course, text);
      TaskOutcome outcome = carryOut(work, claimed, course, text);
      environment.listener().ended(id, outcome);
      return outcome;
    }
  }

  private RunLog openLog(Attempt attempt) {
    TaskId task = attempt.task();
    var folder = environment.settings().logs().resolve(task.fileName());
    return RunLog.create(
        folder.resolve(attempt.id() + ".log"),
        environment.settings().redactor(),
        environment.clock(),
        printed -> environment.listener().printed(task, printed));
  }

  private Attempt claim(Attempt attempt, Course course, RunLog text) throws InterruptedException {
    boolean claimed = false;
    try {
      var lease = environment.ports().reporter().report(attempt, course.claim());
      unsettled.remove(attempt.task());
      claimed = true;
      return lease.map(attempt::withLease).orElse(attempt);
    } catch (PortException e) {
      if (isFinal(e)) {
        unsettled.remove(attempt.task());
      }
      throw e;
    } finally {
      if (!claimed) {
        text.discard();
      }
    }
  }

  /** Refused credentials say nothing of the claim; with better ones it may turn out to be ours. */
  private static boolean isFinal(PortException failure) {
    return !failure.retryable() && !(failure instanceof UnauthorizedException);
  }

  private TaskOutcome carryOut(Work work, Attempt attempt, Course course, RunLog text) {
    var reports =
        new Reports(
            attempt, environment.ports().reporter(), text, Thread.currentThread()::interrupt);
    var delivery = new Thread(reports, "avatar-reports-" + attempt.task().fileName());
    delivery.start();
    TaskOutcome outcome = work.on(new TaskRun(environment, attempt, course, text, reports));
    if (reports.lost() && !(outcome instanceof TaskOutcome.Delivered)) {
      outcome = new NotOurs("the backend gave it to another avatar");
    }
    sayLast(text, course.timings(), OutcomeText.of(outcome));
    course.end(outcome).ifPresent(reports::announce);
    awaitDelivery(delivery, outcome);
    if (reports.lost()) {
      // That interrupt was for the attempt, not for whoever runs it.
      Thread.interrupted();
    }
    return outcome;
  }

  /** A full disk must not keep the backend from hearing how it ended. */
  private static void sayLast(RunLog text, Optional<String> timings, String ending) {
    try {
      timings.ifPresent(line -> text.say(Stage.REPORT, line));
      text.say(Stage.REPORT, ending);
    } catch (PortException e) {
      log.warn("The last lines of the log are missing: {}", e.getMessage());
    }
  }

  /** Waits until everything is told: as long as it takes, unless somebody wants us to stop. */
  private static void awaitDelivery(Thread delivery, TaskOutcome outcome) {
    boolean stopping = Thread.interrupted() || outcome instanceof TaskOutcome.Cancelled;
    try {
      delivery.join(stopping ? LAST_WORDS.toMillis() : 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (delivery.isAlive()) {
      log.warn("Stopping before the last reports were taken by the backend");
      delivery.interrupt();
    }
  }
}
