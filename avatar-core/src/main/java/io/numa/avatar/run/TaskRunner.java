package io.numa.avatar.run;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.run.agent.AgentMeans;
import io.numa.avatar.run.agent.Steering;
import io.numa.avatar.run.branch.BranchLocks;
import io.numa.avatar.run.history.History;
import io.numa.avatar.run.history.KeptWork;
import io.numa.avatar.run.report.BatchSize;
import io.numa.avatar.run.report.RunningWork;
import io.numa.avatar.run.test.BaselineCache;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskOutcome.NotOurs;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.SteeringMessage;
import io.numa.avatar.time.TimeSource;
import io.numa.avatar.time.Timers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Carries out tasks: claims them, does the work, and sends all reports. It also continues attempts
 * that a previous process left in the journal. Safe for use by several threads, each with its own
 * task; tasks on one branch of one repository wait for each other.
 */
public final class TaskRunner {
  private static final Logger log = LoggerFactory.getLogger(TaskRunner.class);

  private volatile RunEnvironment environment;
  private final History history;

  /** A runner that measures time by the machine's monotonic clock. */
  public TaskRunner(Ports ports, RunSettings settings, RunListener listener, Clock clock) {
    this(ports, settings, listener, TimeSource.of(clock));
  }

  public TaskRunner(Ports ports, RunSettings settings, RunListener listener, TimeSource time) {
    this.environment =
        new RunEnvironment(
            ports.measured(),
            settings,
            new RedactedEvents(listener, settings.redactor()),
            time,
            new BranchLocks(),
            new BaselineCache(),
            new BatchSize(),
            Timers.daemon("avatar-timer"),
            new RunningWork(),
            new Steering(),
            new AtomicReference<>());
    this.history =
        new History(
            environment.files(),
            environment.journal(),
            settings.attempts().history(),
            environment.clock(),
            ports.metrics());
  }

  /**
   * Uses other settings for the attempts that begin from now on; running ones keep theirs.
   *
   * @param settings with the same avatar, folders and redactor
   */
  public void use(RunSettings settings) {
    environment = environment.with(settings);
    history.use(settings.attempts().history());
  }

  /** Carries out a task, as {@link #run(TaskId, WorkPermit)} does. */
  public TaskOutcome run(TaskId id) throws InterruptedException {
    return run(id, WorkPermit.UNLIMITED);
  }

  /**
   * Carries out a task, and returns when the backend has the outcome. An interrupt stops the task.
   * With a durable journal, the same call in this process or a later one then continues it; without
   * a durable journal, the task is cancelled.
   *
   * <p>If the journal holds an attempt without an outcome, this method makes another attempt,
   * unless the commit is already on the remote or the task has used all its attempts.
   *
   * @param permit is released when the work is done and only reporting remains, which lasts as long
   *     as the backend is unreachable
   * @throws PortException if the task could not be fetched or claimed. Nothing has been done then.
   *     If it is retryable, the same call may succeed later. It is of kind {@code NO_AGENT} or
   *     {@code AGENT_UNAVAILABLE} if the task is prose and no agent can do it, of kind {@code
   *     AGENT_BUDGET} if the avatar's budget for agents is used up, and of kind {@code
   *     SANDBOX_UNAVAILABLE} if no sandbox is as strong as the operator demands; the task was not
   *     claimed then, and the same call may succeed when there is one.
   * @throws InterruptedException if the thread was interrupted before the task was claimed
   */
  public TaskOutcome run(TaskId id, WorkPermit permit) throws InterruptedException {
    return run(id, Optional.empty(), permit);
  }

  /**
   * Carries out a task, as {@link #run(TaskId, WorkPermit)} does.
   *
   * @param announcedAt when the backend made the message about it, if that is known
   */
  public TaskOutcome run(TaskId id, Optional<Instant> announcedAt, WorkPermit permit)
      throws InterruptedException {
    try (var task = MDC.putCloseable("task", id.value())) {
      environment.ports().sandboxes().prepare();
      Optional<JournaledAttempt> earlier = journal().find(id);
      FetchedTask fetched =
          fetch(id, earlier).announcedAt(announcedAt).after(permit.formerAttempts());
      return earlier.isPresent() && earlier.get().claimed()
          ? goOn(earlier.get(), fetched, permit)
          : begin(id, earlier, fetched, permit);
    } catch (TaskTakenException e) {
      return new NotOurs(e.getMessage());
    }
  }

  /**
   * Makes another attempt at a task that has failed, as the operator wants it. The budget of coding
   * agents begins anew.
   *
   * @return {@code NotOurs} if the task is not {@code FAILED} at the backend, or another avatar has
   *     it; nothing has been done then
   * @throws PortException as of {@link #run(TaskId, WorkPermit)}
   */
  public TaskOutcome again(TaskId id, WorkPermit permit) throws InterruptedException {
    try (var task = MDC.putCloseable("task", id.value())) {
      if (journal().find(id).isPresent()) {
        return new NotOurs("an attempt at it is not over");
      }
      FetchedTask fetched = fetch(id, Optional.empty());
      if (fetched.state() != TaskState.FAILED) {
        return new NotOurs("its status is " + fetched.state() + ", not FAILED");
      }
      fetched.task().ifPresent(this::requireMeans);
      return execute(Attempt.of(id), 1, fetched, permit);
    } catch (TaskTakenException e) {
      return new NotOurs(e.getMessage());
    }
  }

  /**
   * Cancels a task, whether the work at it has begun or not. The backend is told that the operator
   * has cancelled it, also if this process ends before. Returns at once.
   *
   * @return whether its work is not over yet; if it is, nothing has been done
   * @throws PortException of kind {@code UNAVAILABLE} if the journal could not record it
   */
  public boolean cancel(TaskId id) {
    if (environment.work().isOver(id)) {
      return false;
    }
    journal().cancel(id);
    environment.work().stop(id);
    return true;
  }

  /** Tells the coding agent of a running task something, as {@link Steering#say} does. */
  public Optional<String> say(TaskId id, SteeringMessage message) {
    return environment.steering().say(id, message);
  }

  private FetchedTask fetch(TaskId id, Optional<JournaledAttempt> earlier)
      throws InterruptedException {
    try {
      return FetchedTask.of(environment.ports().tasks().task(id));
    } catch (InvalidTaskException e) {
      return FetchedTask.of(e);
    } catch (NotFoundException e) {
      earlier.ifPresent(attempt -> settle(attempt));
      throw e;
    }
  }

  /** Begins a task, or repeats a claim that the backend did not answer, with the same attempt. */
  private TaskOutcome begin(
      TaskId id, Optional<JournaledAttempt> earlier, FetchedTask task, WorkPermit permit)
      throws InterruptedException {
    boolean ready =
        task.state() == TaskState.TODO
            || (task.state() == TaskState.IN_PROGRESS
                && (earlier.isPresent() || permit.exclusive()));
    if (!ready) {
      earlier.ifPresent(attempt -> settle(attempt));
      return new NotOurs(task.problem());
    }
    if (earlier.isEmpty() && !journal().isCancelled(id)) {
      task.task().ifPresent(this::requireMeans);
    }
    Attempt attempt = earlier.map(JournaledAttempt::attempt).orElseGet(() -> Attempt.of(id));
    return execute(attempt, earlier.map(JournaledAttempt::number).orElse(1), task, permit);
  }

  /** Leaves a task to others while this avatar has no agent or no sandbox for it. */
  private void requireMeans(Task task) {
    AgentMeans.require(task, environment.ports().agents());
    NeededSandboxes.of(task, environment.settings())
        .require(environment.ports().sandboxes(), Optional.empty());
  }

  private TaskOutcome goOn(JournaledAttempt earlier, FetchedTask task, WorkPermit permit)
      throws InterruptedException {
    Optional<TaskOutcome> settled = new Recovery(environment, earlier, task, permit).run();
    TaskId id = earlier.attempt().task();
    settled.ifPresent(outcome -> environment.listener().ended(id, outcome));
    return settled.isPresent()
        ? settled.get()
        : execute(Attempt.of(id), earlier.number() + 1, task, permit);
  }

  private TaskOutcome execute(Attempt attempt, int number, FetchedTask task, WorkPermit permit)
      throws InterruptedException {
    try (var id = MDC.putCloseable("attempt", attempt.id().toString());
        var stage = MDC.putCloseable("stage", Stage.FETCH.word());
        var session = AttemptSession.begin(environment, attempt, number, task)) {
      permit.claimed();
      if (number == 1) {
        measureWait(task);
      }
      TaskOutcome outcome = session.carryOut(task);
      if (session.staysOpen(outcome)) {
        log.info(
            "Task {} stays open and is continued later: {}",
            attempt.task(),
            OutcomeText.of(outcome));
      } else {
        session.conclude(outcome, permit);
      }
      environment.listener().ended(attempt.task(), outcome);
      return outcome;
    }
  }

  /** The first attempt at a task has begun. */
  private void measureWait(FetchedTask task) {
    task.announcedAt()
        .map(since -> Duration.between(since, environment.clock().instant()))
        .ifPresent(wait -> environment.ports().metrics().time(Metric.TASK_QUEUE, wait));
  }

  /** The budget for agents that is used up, so that no task of prose begins; empty if none is. */
  public Optional<UsedBudget> usedBudget() {
    return environment.ports().agents().usedBudget();
  }

  /** Why the backend refused the reports of a task; empty if it did not. */
  public Optional<UnauthorizedException> refusal() {
    return Optional.ofNullable(environment.refusal().get());
  }

  /**
   * Removes what is no longer needed: working copies and ended tasks whose time is over, and logs
   * and repository caches that exceed their disk space.
   */
  public void tidy() {
    environment.ports().repository().tidy();
    environment.ports().sandboxes().tidy();
    new KeptWork(
            environment.settings().workspace(),
            environment.ports().repository(),
            environment.clock(),
            environment.settings().attempts().keepFailed())
        .removeOutdated();
    history.tidy();
  }

  /** The ended tasks with their files, which {@link #tidy} removes in time. */
  public History history() {
    return history;
  }

  private void settle(JournaledAttempt attempt) {
    journal().settle(attempt.attempt().id(), environment.clock().instant());
  }

  private Journal journal() {
    return environment.journal();
  }
}
