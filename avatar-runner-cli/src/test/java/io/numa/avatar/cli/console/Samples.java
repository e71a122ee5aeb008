package io.numa.avatar.cli.console;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.BaselineComparison.Unnamed;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Values for the tests of the views. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  static final TaskId SEVEN = new TaskId("7");
  static final String BASE = "f".repeat(40);
  static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  static final WorkSummary WORK =
      WorkSummary.NOTHING_YET
          .withBase(new BranchName("dev-7"), new CommitId(BASE))
          .withCommit(new CommitId(COMMIT));

  static final AgentReport AGENT =
      new AgentReport(
          "qwen",
          Optional.of("0.15.10"),
          Optional.of("qwen3-coder-plus"),
          Optional.of("…4711"),
          new AgentUsage(7, 12, 9, 34_512, 28_000, 0, 2_100, new BigDecimal("0.12345")),
          Duration.ofSeconds(245),
          1,
          Optional.of("completed"),
          Optional.of("All pieces count now."));

  static final TaskOutcome DELIVERED = new TaskOutcome.Delivered(WORK);

  static final TaskOutcome FAILED =
      new TaskOutcome.Failed(
          new Failure(Stage.TEST, FailureKind.TESTS_FAILED, "2 tests failed", OptionalInt.of(1)),
          WorkSummary.NOTHING_YET);

  static final TaskOutcome REGRESSED =
      new TaskOutcome.Failed(
          new Failure(Stage.TEST, FailureKind.TESTS_FAILED, "1 new failure", OptionalInt.of(1)),
          WorkSummary.NOTHING_YET.withTests(
              new TestReport(
                      "mvn verify",
                      1,
                      new TestReport.Counts(12, 1, 2, 3),
                      Duration.ofMillis(1500),
                      List.of(new TestReport.FailedTest("AppTest.starts", "expected 1")))
                  .withBaseline(
                      Optional.of(
                          new BaselineComparison(
                              Names.of(List.of("AppTest.starts")),
                              Names.of(List.of("AppTest.stops")),
                              new Names(200, List.of("AppTest.waits")),
                              Optional.of(Unnamed.NEW))))));

  static final TaskOutcome UNAVAILABLE =
      new TaskOutcome.Unavailable(
          new Failure(Stage.CLONE, FailureKind.UNAVAILABLE, "no route to host"),
          WorkSummary.NOTHING_YET);

  static final TaskOutcome CANCELLED =
      new TaskOutcome.Cancelled("the avatar stops", WorkSummary.NOTHING_YET);

  static final TaskOutcome NOT_OURS = new TaskOutcome.NotOurs("another avatar has it");

  private Samples() {}

  static Task task(String id, String title) {
    return Task.of(
        new TaskId(id),
        title,
        new ApplicationId("1"),
        new BranchName("dev-" + id),
        new PlanSource.Prose("Do it."));
  }

  static Attempt attempt(Task task) {
    return Attempt.of(task.id());
  }
}
