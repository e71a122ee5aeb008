package io.numa.avatar.journal;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Statuses for tests. */
final class Updates {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05.000000006Z");

  private Updates() {}

  /** A status in which every optional part is empty. */
  static StatusUpdate begun(int sequence) {
    return new StatusUpdate(
        sequence,
        TaskState.IN_PROGRESS,
        Stage.CLONE,
        "",
        WorkSummary.NOTHING_YET,
        START,
        Optional.empty(),
        Optional.empty());
  }

  /** The last status of a task whose tests failed. */
  static StatusUpdate testsFailed(int sequence) {
    var tests =
        new TestReport(
            "mvn -B verify",
            1,
            new TestReport.Counts(9, 2, 1, 3),
            Duration.ofSeconds(61),
            List.of(new TestReport.FailedTest("a.ATest.fails", "expected: <1>\n but was: <2>\n")));
    var work =
        new WorkSummary(
            Optional.of(new BranchName("añadir/登录")),
            Optional.empty(),
            List.of(
                new StepReport(
                    1, "write 🚀", StepOutcome.APPLIED, Duration.ofMillis(3), Optional.empty())),
            Optional.of(new CommitId("b".repeat(40))),
            Optional.of(tests),
            Optional.of("cgroup"),
            Optional.empty());
    return new StatusUpdate(
        sequence,
        TaskState.FAILED,
        Stage.TEST,
        "2 tests failed",
        work,
        START,
        Optional.of(START.plusSeconds(60)),
        Optional.of(
            new Failure(
                Stage.TEST, FailureKind.TESTS_FAILED, "2 tests failed", OptionalInt.of(1))));
  }
}
