package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.Checkout;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.LocalCommit;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StagedChange;
import io.numa.avatar.port.Touched;
import io.numa.avatar.port.Trailer;
import io.numa.avatar.port.TransferProgress;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Durations;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at one claimed task, from its application to its push. For one thread, once. */
final class TaskRun {
  private static final Logger log = LoggerFactory.getLogger(TaskRun.class);

  private static final Duration COMMANDS_FIRST = Duration.ofSeconds(1);

  private static final String KEPT = "stopped, to be taken up again at the next start";
  private static final String STOPPED = "stopped before it was finished";

  private final RunEnvironment environment;
  private final Hold hold;
  private final Course course;
  private final RunLog text;
  private final Reports reports;
  private Deadline deadline;

  TaskRun(RunEnvironment environment, Hold hold, Course course, RunLog text, Reports reports) {
    this.environment = environment;
    this.hold = hold;
    this.course = course;
    this.text = text;
    this.reports = reports;
    this.deadline = new Deadline(environment.clock(), environment.settings().limits().task());
  }

  /** Ends a task that cannot be worked on as it is. */
  TaskOutcome refuse(InvalidTaskException problem) {
    text.say(Stage.FETCH, problem.getMessage());
    return course.failed(FailureKind.INVALID_TASK, problem.getMessage(), OptionalInt.empty());
  }

  /** Carries the task out; whatever goes wrong becomes its outcome. */
  TaskOutcome carryOut(Task task) {
    environment.listener().began(task, hold.attempt());
    task.options().timeout().ifPresent(this::limit);
    return outcomeOf(task);
  }

  private void limit(Duration allowed) {
    deadline = new Deadline(environment.clock(), allowed);
  }

  private TaskOutcome outcomeOf(Task task) {
    try {
      return deliver(task);
    } catch (StoppedException e) {
      return course.failed(e.kind(), e.getMessage(), e.exitCode());
    } catch (PortException e) {
      if (Thread.interrupted()) { // which closes the files that are being read
        return interrupted();
      }
      return course.failed(e.kind(), e.getMessage(), OptionalInt.empty());
    } catch (IOException e) {
      return course.failed(
          FailureKind.UNAVAILABLE, "could not use the workspace: " + e, OptionalInt.empty());
    } catch (InterruptedException e) {
      return interrupted();
    } catch (RuntimeException | Error e) {
      log.error("Task {} hit a defect of the avatar", hold.attempt().task(), e);
      return course.failed(
          FailureKind.INTERNAL, "the avatar has a defect: " + e, OptionalInt.empty());
    }
  }

  private TaskOutcome interrupted() {
    Optional<Hold.Lost> lost = hold.lost();
    if (lost.isPresent() && lost.get().loss() == Hold.Loss.OVERTIME) {
      return course.failed(FailureKind.TIMEOUT, lost.get().reason(), OptionalInt.empty());
    }
    String stopped = environment.journal().durable() ? KEPT : STOPPED;
    return new TaskOutcome.Cancelled(lost.map(Hold.Lost::reason).orElse(stopped), course.work());
  }

  private TaskOutcome deliver(Task task)
      throws StoppedException, IOException, InterruptedException {
    Application application = fetchApplication(task);
    DevelopmentPlan plan = plan(task);
    try (var turn = awaitTurn(task, application);
        var copy = clone(task, application)) {
      boolean delivered = false;
      try {
        deliver(task, application, plan, copy);
        delivered = true;
      } finally {
        if (!delivered) {
          keepFailed(copy);
        }
      }
    }
    return new TaskOutcome.Delivered(course.work());
  }

  private void deliver(Task task, Application application, DevelopmentPlan plan, WorkingCopy copy)
      throws StoppedException, IOException, InterruptedException {
    StagedChange change = develop(plan, task, copy);
    if (settings().delivery() == RunSettings.Delivery.SHOW) {
      say("dry run: not tested, not committed, not pushed");
      return;
    }
    Instant tried = environment.clock().instant();
    test(plan, task, application, copy);
    LocalCommit commit = commit(plan, task, application, change);
    if (settings().delivery() == RunSettings.Delivery.KEEP) {
      say("not pushed, as asked");
      return;
    }
    var again = new WorkAgain(plan, task, application, copy);
    var repository = application.repository();
    new PushStage(environment, hold, reports, repository, task.branch(), commit, again).run(tried);
    propose(task, application);
  }

  /** What was pushed stays delivered, whoever stops us now; the avatar's own end is made up for. */
  private void propose(Task task, Application application) throws InterruptedException {
    var proposal = new Proposal(environment, hold.attempt(), this::say);
    try {
      proposal.make(task, application, course);
    } catch (InterruptedException e) {
      Optional<Hold.Lost> lost = hold.lost().filter(loss -> loss.loss() != Hold.Loss.TAKEN);
      proposal.giveUp(course, lost.map(Hold.Lost::reason).orElseThrow(() -> e));
    }
  }

  /** What is done once more where a commit is replayed. */
  private final class WorkAgain implements PushStage.Work {
    private final DevelopmentPlan plan;
    private final Task task;
    private final Application application;
    private final WorkingCopy copy;

    WorkAgain(DevelopmentPlan plan, Task task, Application application, WorkingCopy copy) {
      this.plan = plan;
      this.task = task;
      this.application = application;
      this.copy = copy;
    }

    @Override
    public void enter(Stage stage) {
      TaskRun.this.enter(stage);
    }

    @Override
    public void say(String line) {
      TaskRun.this.say(line);
    }

    @Override
    public void checkTime() throws StoppedException {
      deadline.check();
    }

    @Override
    public boolean mayBeEmpty() {
      return plan.allowEmpty();
    }

    @Override
    public void prove(StagedChange change)
        throws StoppedException, IOException, InterruptedException {
      check(change);
      test(plan, task, application, copy);
    }

    @Override
    public LocalCommit commit(StagedChange change) {
      return TaskRun.this.commit(plan, task, application, change);
    }

    @Override
    public void landed(CommitId commit) {
      course.committed(commit);
    }
  }

  /** For somebody who wants to see what went wrong. */
  private void keepFailed(WorkingCopy copy) {
    Duration time = settings().attempts().keepFailed();
    if (!time.isZero()) {
      copy.keep();
      KeptWork.mark(home(), environment.clock().instant());
      sayKept("the working copy is kept for " + Durations.text(time) + ": " + copy.directory());
    }
  }

  /** A full disk, which may be why it failed, must not take the place of the reason. */
  private void sayKept(String line) {
    try {
      say(line);
    } catch (PortException e) {
      log.warn("{}; the task's log does not say so: {}", line, e.getMessage());
    }
  }

  private Application fetchApplication(Task task) throws InterruptedException {
    enter(Stage.FETCH);
    say("task " + task.id() + ": " + task.title());
    Application application = awaitApplication(task);
    say("application " + application.name() + " at " + application.repository());
    return application;
  }

  /**
   * A backend that is away stops no task at work; how long this may take, the stage's limit says.
   */
  private Application awaitApplication(Task task) throws InterruptedException {
    var backoff = Backoff.ofBackend();
    while (true) {
      try {
        return environment.ports().tasks().application(task.application());
      } catch (PortException e) {
        if (!e.retryable()) {
          throw e;
        }
        Duration pause = backoff.next();
        say(e.getMessage() + "; next try in " + Durations.text(pause));
        Background.pause(pause);
      }
    }
  }

  private DevelopmentPlan plan(Task task) throws StoppedException {
    enter(Stage.PLAN);
    DevelopmentPlan plan = planOf(task.plan());
    Optional<PlannedStep> agentStep =
        plan.steps().stream().filter(step -> step.step() instanceof Step.Agent).findFirst();
    if (agentStep.isPresent()) {
      throw new StoppedException(
          FailureKind.NO_AGENT, agentStep.get().label() + ": " + PlanExecutor.NO_AGENT);
    }
    say("the plan has " + plan.steps().size() + (plan.steps().size() == 1 ? " step" : " steps"));
    return plan;
  }

  private static DevelopmentPlan planOf(PlanSource source) throws StoppedException {
    if (source instanceof PlanSource.Invalid invalid) {
      throw new StoppedException(
          FailureKind.INVALID_PLAN,
          invalid.problems().stream()
              .map(PlanProblem::toString)
              .collect(Collectors.joining("\n", "the development plan breaks its rules:\n", "")));
    }
    return source instanceof PlanSource.Prose prose
        ? DevelopmentPlan.of(new Step.Agent(prose.text(), Optional.empty(), Optional.empty()))
        : ((PlanSource.Structured) source).plan();
  }

  private BranchTurns.Turn awaitTurn(Task task, Application application)
      throws InterruptedException {
    return environment
        .turns()
        .take(
            application.repository(),
            task.branch(),
            () -> say("waiting for another task on branch " + task.branch()));
  }

  private WorkingCopy clone(Task task, Application application)
      throws StoppedException, InterruptedException {
    enter(Stage.CLONE);
    List<BranchName> bases =
        Stream.concat(task.base().stream(), application.defaultBranch().stream()).toList();
    WorkingCopy copy =
        environment
            .ports()
            .repository()
            .checkOut(
                new Checkout(
                    application.repository(),
                    task.branch(),
                    bases,
                    home(),
                    settings().push().defaultBranchAllowed()
                        || settings().delivery() != RunSettings.Delivery.PUSH),
                this::noteTransfer);
    course.checkedOut(task.branch(), copy.base().id());
    say("branch " + task.branch() + " at " + copy.base().id());
    return copy;
  }

  private Path home() {
    return environment.home(hold.attempt());
  }

  private Workspace workspace(WorkingCopy copy) {
    Guard guard = settings().guard();
    return new Workspace(
        copy.directory(), home().resolve("scratch"), guard.protectedPaths(), guard.maxFileSize());
  }

  private int runStep(Step.Run step, Path directory) throws StoppedException, InterruptedException {
    return commands(limits().step())
        .run(Stage.DEVELOP, step.command(), directory, step.environment(), step.timeout());
  }

  private void noteTransfer(TransferProgress progress) {
    environment.listener().transferred(hold.attempt().task(), progress);
  }

  private StagedChange develop(DevelopmentPlan plan, Task task, WorkingCopy copy)
      throws StoppedException, IOException, InterruptedException {
    enter(Stage.DEVELOP);
    var steps = new StepLog(text, course);
    var executor =
        new PlanExecutor(copy, workspace(copy), this::runStep, steps, environment.clock());
    Touched touched = executor.execute(plan);
    // Staged before the tests run, so that nothing they write gets into the commit.
    StagedChange change = copy.stage(touched, settings().guard().maxFileSize());
    if (change.changes().isEmpty() && !plan.allowEmpty()) {
      throw new StoppedException(
          FailureKind.NO_CHANGES,
          "the plan left the tree as it was; say allow_empty: true if that is right");
    }
    check(change);
    environment.listener().developed(task.id(), change);
    return change;
  }

  private void check(StagedChange change) throws StoppedException {
    settings().guard().check(change.changes());
    SecretScan.check(change, settings().redactor());
  }

  private void test(DevelopmentPlan plan, Task task, Application application, WorkingCopy copy)
      throws StoppedException, IOException, InterruptedException {
    enter(Stage.TEST);
    var tests = new TestStage(environment, copy, commands(limits().tests()), text);
    Optional<TestReport> report = tests.run(plan, task, application);
    report.ifPresent(course::tested);
    if (report.isPresent() && !tests.passes(report.get(), plan)) {
      throw new StoppedException(
          FailureKind.TESTS_FAILED,
          TestSummary.of(report.get()),
          OptionalInt.of(report.get().exitCode()));
    }
  }

  private LocalCommit commit(
      DevelopmentPlan plan, Task task, Application application, StagedChange change) {
    enter(Stage.COMMIT);
    if (settings().delivery() == RunSettings.Delivery.PUSH) {
      change.preparePush();
    }
    CommitMessage message =
        CommitMessage.of(plan, task)
            .withTrailer("Numa-Task", task.id().value())
            .withTrailer("Numa-Avatar", settings().avatar().value())
            .withTrailer("Numa-Attempt", hold.attempt().id().toString());
    for (Trailer trailer : Proposal.trailers(environment, task, application)) {
      message = message.withTrailerUnlessThere(trailer.key(), trailer.value());
    }
    LocalCommit commit = change.commit(settings().redactor().redact(message.text()));
    course.committed(commit.id());
    return commit;
  }

  private void enter(Stage stage) {
    limit(stage);
    reports.announce(course.enter(stage));
    environment.listener().entered(hold.attempt().task(), stage);
  }

  /**
   * Ends what takes too long and is no command; those know their own limits, and what to say of
   * them, and come first.
   */
  private void limit(Stage stage) {
    Duration allowed = limits().stage();
    Duration left = deadline.left();
    if (allowed.compareTo(left) < 0) {
      String reason = "stage '" + stage.word() + "' took longer than " + Durations.text(allowed);
      hold.limit(allowed.plus(COMMANDS_FIRST), reason);
    } else {
      hold.limit(left.plus(COMMANDS_FIRST), deadline.passed());
    }
  }

  private void say(String line) {
    text.say(course.stage(), line);
  }

  private Commands commands(Duration timeout) {
    return new Commands(
        environment.ports().commands(),
        text,
        deadline,
        timeout,
        limits().stall(),
        hold.attempt().id());
  }

  private RunSettings settings() {
    return environment.settings();
  }

  private RunSettings.Limits limits() {
    return settings().limits();
  }
}
