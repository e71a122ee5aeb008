package io.numa.avatar.run;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.run.secret.Redactor;
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
import io.numa.avatar.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** How far an attempt has come, and the statuses that say so. For the attempt's thread. */
public final class AttemptProgress {
  /** How many steps a status lists. */
  private static final int MAX_STEPS = 100;

  /** The longest shown name of a step, which may be a whole script. */
  private static final int MAX_LABEL = 200;

  private final Clock clock;
  private final Redactor redactor;
  private Instant startedAt;
  private Stage stage = Stage.FETCH;
  private WorkSummary work = WorkSummary.NOTHING_YET;
  private int updates;

  /** How long each stage took until the current one was entered; some are entered again. */
  private final Map<Stage, Duration> spent = new EnumMap<>(Stage.class);

  private Instant enteredAt;

  public AttemptProgress(Clock clock, Redactor redactor) {
    this.clock = clock;
    this.redactor = redactor;
    this.startedAt = clock.instant();
    this.enteredAt = startedAt;
  }

  /** Continues where a previous process stopped. */
  void resume(StatusUpdate latest) {
    startedAt = latest.startedAt();
    stage = latest.stage();
    work = latest.work();
    updates = latest.sequence();
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

  /** Claims again an attempt that a previous process began. */
  StatusUpdate claimAgain() {
    return ongoing("taken up again after a restart");
  }

  StatusUpdate enter(Stage next) {
    Instant now = clock.instant();
    spent.computeIfPresent(stage, (same, before) -> before.plus(Duration.between(enteredAt, now)));
    spent.putIfAbsent(next, Duration.ZERO);
    stage = next;
    enteredAt = now;
    return ongoing(next.word());
  }

  /** How long each stage took until now, such as {@code stages: clone 2.1 s, test 14 s}. */
  Optional<String> timings() {
    if (spent.isEmpty()) {
      return Optional.empty();
    }
    Duration current = Duration.between(enteredAt, clock.instant());
    return Optional.of(
        spent.entrySet().stream()
            .map(each -> text(each.getKey(), each.getValue(), current))
            .collect(Collectors.joining(", ", "stages: ", "")));
  }

  private String text(Stage each, Duration before, Duration current) {
    return each.word() + " " + Durations.text(each == stage ? before.plus(current) : before);
  }

  void checkedOut(BranchName branch, CommitId base) {
    work = work.withBase(branch, base);
  }

  /** Notes the result of a step. If there are too many, each replaces the last of those before. */
  void stepped(StepReport report) {
    var steps = new ArrayList<>(work.steps());
    if (steps.size() == MAX_STEPS) {
      steps.remove(MAX_STEPS - 1);
    }
    steps.add(
        new StepReport(
            report.number(),
            shortened(report.label()),
            report.outcome(),
            report.duration(),
            report.message().map(redactor::redact)));
    work = work.withSteps(steps);
  }

  private String shortened(String label) {
    String text = redactor.redact(label);
    return text.length() <= MAX_LABEL ? text : text.substring(0, MAX_LABEL) + "…";
  }

  /** Notes how surely commands are ended with all they started. */
  void controlled(Optional<String> word) {
    work = work.withProcessControl(word);
  }

  void tested(TestReport report) {
    work = work.withTests(redacted(report));
  }

  void committed(CommitId commit) {
    work = work.withCommit(commit);
  }

  /** Notes what became of the wish for a change request. */
  void proposed(ChangeRequestReport report) {
    work = work.withChangeRequest(report);
  }

  TaskOutcome failed(FailureKind kind, String message, OptionalInt exitCode) {
    return TaskOutcome.of(new Failure(stage, kind, redactor.redact(message), exitCode), work);
  }

  /** The last status of the attempt; empty for an outcome that is not reported. */
  Optional<StatusUpdate> end(TaskOutcome outcome) {
    return outcome.fold(new Ending());
  }

  private StatusUpdate ongoing(String message) {
    return update(TaskState.IN_PROGRESS, message, Optional.empty(), Optional.empty());
  }

  private StatusUpdate update(
      TaskState state, String message, Optional<Instant> finishedAt, Optional<Failure> failure) {
    return new StatusUpdate(++updates, state, stage, message, work, startedAt, finishedAt, failure);
  }

  private StatusUpdate last(TaskState state, String message, Optional<Failure> failure) {
    return update(state, message, Optional.of(clock.instant()), failure);
  }

  /** Tests print what they like into their messages. */
  private TestReport redacted(TestReport report) {
    var failures =
        report.failures().stream()
            .map(
                test ->
                    new TestReport.FailedTest(
                        redactor.redact(test.name()), redactor.redact(test.message())))
            .toList();
    return new TestReport(
        redactor.redact(report.command()),
        report.exitCode(),
        report.counts(),
        report.duration(),
        failures,
        report.baseline().map(names -> names.withNames(redactor::redact)));
  }

  private final class Ending implements TaskOutcome.Cases<Optional<StatusUpdate>> {
    @Override
    public Optional<StatusUpdate> delivered(TaskOutcome.Delivered outcome) {
      String message =
          outcome
              .work()
              .changeRequest()
              .flatMap(ChangeRequestReport::problem)
              .map(problem -> "done, but without a change request: " + problem)
              .orElse("done");
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
