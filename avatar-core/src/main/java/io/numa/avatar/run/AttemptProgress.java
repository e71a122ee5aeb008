package io.numa.avatar.run;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.run.report.StageTimes;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.ChangeReport;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The progress of an attempt, and the statuses that report it. Used by the attempt's thread only.
 */
public final class AttemptProgress {
  /** The most steps that a status lists. */
  private static final int MAX_STEPS = 100;

  /** The most characters shown of a step's label. */
  private static final int MAX_LABEL = 200;

  /** The most characters of the command that ran the tests. */
  private static final int MAX_COMMAND = 1_000;

  /** The most characters of a message, which may quote a plan, a server or a test. */
  private static final int MAX_MESSAGE = 10_000;

  private static final int MAX_IGNORED = 500;

  private final Clock clock;
  private final Redactor redactor;
  private Instant startedAt;
  private Stage stage = Stage.FETCH;
  private WorkSummary work = WorkSummary.NOTHING_YET;
  private final StageTimes stages;
  private int updates;

  public AttemptProgress(Clock clock, Redactor redactor) {
    this.clock = clock;
    this.redactor = redactor;
    this.startedAt = clock.instant();
    this.stages = new StageTimes(clock);
  }

  /** Continues where a previous process stopped. */
  void resume(StatusUpdate latest) {
    startedAt = latest.startedAt();
    stage = latest.stage();
    work = latest.work();
    updates = latest.sequence();
    stages.resume(latest.stages());
  }

  Instant startedAt() {
    return startedAt;
  }

  Stage stage() {
    return stage;
  }

  public WorkSummary work() {
    return work;
  }

  StatusUpdate claim() {
    return ongoing("taken up");
  }

  /** The status that claims again an attempt of a previous process. */
  StatusUpdate claimAgain() {
    return ongoing("continued after a restart");
  }

  StatusUpdate enter(Stage next) {
    stage = next;
    stages.enter(next);
    return ongoing(next.word());
  }

  /** The time spent in each stage so far, such as {@code stages: clone 2.1 s, test 14 s}. */
  Optional<String> timings() {
    return stages.text();
  }

  void checkedOut(BranchName branch, CommitId base) {
    work = work.withBase(branch, base);
  }

  /** Records the result of a step. Beyond the limit, each new result replaces the last one. */
  void stepped(StepReport report) {
    var steps = new ArrayList<>(work.steps());
    if (steps.size() == MAX_STEPS) {
      steps.remove(MAX_STEPS - 1);
    }
    steps.add(
        new StepReport(
            report.number(),
            shown(report.label(), MAX_LABEL),
            report.outcome(),
            report.duration(),
            report.message().map(message -> shown(message, MAX_MESSAGE))));
    work = work.withSteps(steps);
  }

  private String shown(String text, int limit) {
    return Redacted.of(text, redactor).shortened(limit).toString();
  }

  private String shown(String text) {
    return Redacted.of(text, redactor).toString();
  }

  /** Records what a coding agent does; its words may contain secrets. */
  void worked(AgentReport report) {
    work = work.withAgent(shown(report));
  }

  StatusUpdate worked(AgentReport report, String newest) {
    worked(report);
    return ongoing(newest);
  }

  /** The report without secrets; what the agent's program tells of itself is cut. */
  AgentReport shown(AgentReport report) {
    return new AgentReport(
            report.name(),
            report.version().map(version -> shown(version, MAX_LABEL)),
            report.model().map(model -> shown(model, MAX_LABEL)),
            report.session().map(session -> shown(session, MAX_LABEL)),
            report.usage(),
            report.time(),
            report.repairs(),
            report.stop(),
            report.summary().map(said -> shown(said, AgentReport.MAX_SUMMARY - 1)))
        .withSteering(report.steering());
  }

  /** Records what a reviewer uses; the report stays that of the agent that made the change. */
  StatusUpdate reviewing(AgentReport reviewer, String newest) {
    work =
        work.agent()
            .map(report -> report.withUsage(reviewer.usage()).withTime(reviewer.time()))
            .map(work::withAgent)
            .orElse(work);
    return ongoing(newest);
  }

  /** Records a review; its texts are without secrets. */
  void reviewed(ReviewReport report) {
    work = work.withReview(report);
  }

  /** Records what the task or its repository asks for in vain, in a sentence. */
  void ignored(String sentence) {
    work = work.withIgnored(shown(sentence, MAX_IGNORED));
  }

  void kept(KeptPatch patch) {
    work = work.withKeptPatch(patch);
  }

  /** Records the word for how reliably commands are ended with all their processes. */
  void controlled(Optional<String> word) {
    work = work.withProcessControl(word);
  }

  /** Records the sandbox of the commands and agents; they choose the names of refused hosts. */
  void held(SandboxReport report) {
    work = work.withSandbox(report.withHosts(host -> shown(host, MAX_LABEL)));
  }

  /** Records the size of the change. */
  void changed(ChangeReport report) {
    work = work.withChanges(report);
  }

  /** Records that the change touches how the project is tested. */
  void testSetupChanged() {
    work =
        work.changes().map(ChangeReport::withTestSetupChanged).map(work::withChanges).orElse(work);
  }

  void tested(TestReport report) {
    work = work.withTests(redacted(report));
  }

  void committed(CommitId commit) {
    work = work.withCommit(commit);
  }

  /** Records the result for the change request. */
  void proposed(ChangeRequestReport report) {
    work =
        work.withChangeRequest(
            new ChangeRequestReport(
                report.url().map(redactor::redact),
                report.problem().map(problem -> shown(problem, MAX_MESSAGE))));
  }

  TaskOutcome failed(FailureKind kind, String message, OptionalInt exitCode) {
    return TaskOutcome.of(new Failure(stage, kind, shown(message, MAX_MESSAGE), exitCode), work);
  }

  /** The last status of the attempt; empty if the outcome is not reported. */
  Optional<StatusUpdate> end(TaskOutcome outcome) {
    return outcome.fold(new Ending());
  }

  private StatusUpdate ongoing(String message) {
    return update(TaskState.IN_PROGRESS, message, Optional.empty(), Optional.empty());
  }

  private StatusUpdate update(
      TaskState state, String message, Optional<Instant> finishedAt, Optional<Failure> failure) {
    String shown = shown(message, MAX_MESSAGE);
    return new StatusUpdate(
        ++updates, state, stage, shown, work, startedAt, finishedAt, failure, stages.entered());
  }

  private StatusUpdate last(TaskState state, String message, Optional<Failure> failure) {
    return update(state, message, Optional.of(clock.instant()), failure);
  }

  /** The messages of tests may contain secrets. */
  private TestReport redacted(TestReport report) {
    var failures =
        report.failures().stream()
            .map(test -> new TestReport.FailedTest(shown(test.name()), shown(test.message())))
            .toList();
    return new TestReport(
        shown(report.command(), MAX_COMMAND),
        report.exitCode(),
        report.counts(),
        report.duration(),
        failures,
        report.baseline().map(names -> names.withNames(this::shown)),
        report.lost().stream().map(this::shown).toList(),
        report.lastLines().stream().map(this::shown).toList(),
        report.diluted());
  }

  private final class Ending implements TaskOutcome.Cases<Optional<StatusUpdate>> {
    @Override
    public Optional<StatusUpdate> delivered(TaskOutcome.Delivered outcome) {
      String done = OutcomeText.done(outcome.work());
      String message =
          outcome
              .work()
              .changeRequest()
              .flatMap(ChangeRequestReport::problem)
              .map(problem -> done + ", but without a change request: " + problem)
              .orElse(done);
      return Optional.of(last(TaskState.DONE, message, Optional.empty()));
    }

    @Override
    public Optional<StatusUpdate> failed(TaskOutcome.Failed outcome) {
      return Optional.of(failure(outcome.failure()));
    }

    @Override
    public Optional<StatusUpdate> unavailable(TaskOutcome.Unavailable outcome) {
      return Optional.of(failure(outcome.failure()));
    }

    @Override
    public Optional<StatusUpdate> cancelled(TaskOutcome.Cancelled outcome) {
      return Optional.of(last(TaskState.CANCELLED, outcome.reason(), Optional.empty()));
    }

    @Override
    public Optional<StatusUpdate> notOurs(TaskOutcome.NotOurs outcome) {
      return Optional.empty();
    }

    private StatusUpdate failure(Failure failure) {
      return last(TaskState.FAILED, failure.message(), Optional.of(failure));
    }
  }
}
