package io.numa.avatar.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.port.Secret;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageTime;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
import io.numa.avatar.task.WorkSummary;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AttemptProgressTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final WorkSummary NOTHING = WorkSummary.NOTHING_YET;
  private static final BranchName BRANCH = new BranchName("dev-7");
  private static final CommitId BASE = new CommitId("a".repeat(40));
  private static final CommitId COMMIT = new CommitId("b".repeat(40));

  private final AttemptProgress progress =
      new AttemptProgress(
          Clock.fixed(START, ZoneOffset.UTC), Redactor.of(List.of(new Secret("s3cret"))));

  @Test
  void numbersWhatItTellsAndKnowsItsStages() {
    var fetch = new StageTime(Stage.FETCH, START);
    var push = new StageTime(Stage.PUSH, START);

    assertThat(progress.claim()).isEqualTo(inProgress(1, Stage.FETCH, "taken up"));
    assertThat(progress.enter(Stage.FETCH)).isEqualTo(inProgress(2, Stage.FETCH, "fetch", fetch));
    assertThat(progress.enter(Stage.PUSH))
        .isEqualTo(inProgress(3, Stage.PUSH, "push", fetch, push));
    assertThat(progress.stage()).isEqualTo(Stage.PUSH);
    assertThat(progress.startedAt()).isEqualTo(START);
  }

  private static StatusUpdate inProgress(
      int sequence, Stage stage, String message, StageTime... stages) {
    return new StatusUpdate(
        sequence,
        TaskState.IN_PROGRESS,
        stage,
        message,
        NOTHING,
        START,
        Optional.empty(),
        Optional.empty(),
        List.of(stages));
  }

  @Test
  void goesOnWithTheStagesOfAPreviousProcess() {
    StatusUpdate before = progress.enter(Stage.CLONE);
    var next = new AttemptProgress(Clock.fixed(START, ZoneOffset.UTC), Redactor.of(List.of()));

    next.resume(before);

    assertThat(next.enter(Stage.PUSH).stages())
        .extracting(StageTime::stage)
        .containsExactly(Stage.CLONE, Stage.PUSH);
  }

  @Test
  void gathersWhatTheWorkCameToWithoutSecrets() {
    progress.checkedOut(BRANCH, BASE);
    progress.stepped(step(1, "run s3cret", "said s3cret"));
    progress.tested(report("make T=s3cret", "tests3cret", "was s3cret"));
    progress.committed(COMMIT);

    assertThat(progress.work())
        .isEqualTo(
            NOTHING
                .withBase(BRANCH, BASE)
                .withSteps(List.of(step(1, "run ***", "said ***")))
                .withCommit(COMMIT)
                .withTests(report("make T=***", "test***", "was ***")));
    assertThat(progress.enter(Stage.PUSH).work()).isEqualTo(progress.work());
  }

  @Test
  void tellsOfTheFirstStepsAndTheLastWhereThereAreVeryMany() {
    for (int i = 1; i <= 1000; i++) {
      progress.stepped(step(i, "x".repeat(300), "no"));
    }

    assertThat(progress.work().steps())
        .hasSize(100)
        .last()
        .isEqualTo(step(1000, "x".repeat(200) + "…", "no"));
    assertThat(progress.work().steps().get(98).number()).isEqualTo(99);
  }

  private static StepReport step(int number, String label, String message) {
    return new StepReport(
        number, label, StepOutcome.FAILED, Duration.ofSeconds(1), Optional.of(message));
  }

  private static TestReport report(String command, String test, String message) {
    return new TestReport(
            command,
            1,
            new Counts(4, 3, 2, 1),
            Duration.ofSeconds(5),
            List.of(new FailedTest(test, message)))
        .withBaseline(
            Optional.of(
                new BaselineComparison(
                    Names.of(List.of(test)),
                    Names.of(List.of()),
                    Names.of(List.of(test)),
                    Optional.empty())));
  }

  @Test
  void failsAtItsStageWithoutSecrets() {
    progress.enter(Stage.TEST);
    progress.checkedOut(BRANCH, BASE);

    assertThat(progress.failed(FailureKind.TESTS_FAILED, "s3cret failed", OptionalInt.of(1)))
        .isEqualTo(
            new TaskOutcome.Failed(
                new Failure(Stage.TEST, FailureKind.TESTS_FAILED, "*** failed", OptionalInt.of(1)),
                NOTHING.withBase(BRANCH, BASE)));
    assertThat(progress.failed(FailureKind.UNAVAILABLE, "down", OptionalInt.empty()))
        .isInstanceOf(TaskOutcome.Unavailable.class);
  }

  static Stream<Arguments> endings() {
    var failure = new Failure(Stage.TEST, FailureKind.CONFLICT, "no such text");
    return Stream.of(
        arguments(
            new TaskOutcome.Delivered(NOTHING),
            ended(TaskState.DONE, "done, not tested", Optional.empty())),
        arguments(
            new TaskOutcome.Failed(failure, NOTHING),
            ended(TaskState.FAILED, "no such text", Optional.of(failure))),
        arguments(
            new TaskOutcome.Unavailable(failure, NOTHING),
            ended(TaskState.FAILED, "no such text", Optional.of(failure))),
        arguments(
            new TaskOutcome.Cancelled("stopped", NOTHING),
            ended(TaskState.CANCELLED, "stopped", Optional.empty())),
        arguments(new TaskOutcome.NotOurs("gone"), Optional.empty()));
  }

  private static Optional<StatusUpdate> ended(
      TaskState state, String message, Optional<Failure> failure) {
    return Optional.of(
        new StatusUpdate(
            2, state, Stage.FETCH, message, NOTHING, START, Optional.of(START), failure));
  }

  @ParameterizedTest
  @MethodSource("endings")
  void endsAsItsOutcomeSays(TaskOutcome outcome, Optional<StatusUpdate> last) {
    progress.claim();

    assertThat(progress.end(outcome)).isEqualTo(last);
  }
}
