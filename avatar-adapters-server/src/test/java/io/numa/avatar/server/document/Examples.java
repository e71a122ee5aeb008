package io.numa.avatar.server.document;

import io.numa.avatar.operation.AttemptStory;
import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.BackendContact;
import io.numa.avatar.operation.ReportBacklog;
import io.numa.avatar.operation.RunState;
import io.numa.avatar.operation.RunningTask;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.plan.ReviewPolicy.Action;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskResult;
import io.numa.avatar.run.guard.DiskSpace;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageTime;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.task.agent.ChangeReport;
import io.numa.avatar.task.agent.DilutedTests;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.task.agent.ReviewFinding;
import io.numa.avatar.task.agent.ReviewFinding.Severity;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.agent.ReviewReport.Verdict;
import io.numa.avatar.task.agent.SteeringReport;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Values in which everything is known. */
public final class Examples {
  public static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
  public static final TaskId TASK = new TaskId("a/7");
  public static final AttemptId ATTEMPT =
      new AttemptId(UUID.fromString("00000000-0000-0000-0000-000000000007"));

  private static final CommitId COMMIT = new CommitId("a".repeat(40));

  private Examples() {}

  public static AvatarStatus status() {
    return new AvatarStatus(
        new AvatarStatus.Identity(
            "one", "tasks", "1.0", Optional.of("http://localhost:1"), "isolated", List.of("main")),
        RunState.PAUSED,
        Optional.of(TIME),
        2,
        List.of(running()),
        3,
        List.of(reason()),
        new BackendContact(
            Optional.of(TIME), Optional.of(TIME), Optional.of("no route"), Optional.of(TIME), 2),
        List.of(new DiskSpace(Path.of("/work"), 5, 10, 1)),
        new ReportBacklog(1, 2, 3));
  }

  public static Waiting reason() {
    return new Waiting(
        Waiting.Kind.PAUSED, "paused by the operator", Optional.of(TIME), Optional.of(TIME));
  }

  static RunningTask running() {
    return new RunningTask(
        TASK,
        "Fix <it>",
        "dev-7",
        ATTEMPT,
        1,
        false,
        Stage.TEST,
        TIME,
        TIME,
        Optional.of("ok"),
        Optional.of(agent()));
  }

  private static AgentReport agent() {
    return new AgentReport(
            "main",
            Optional.of("1"),
            Optional.of("m"),
            Optional.of("s"),
            new AgentUsage(1, 2, 3, 4, 5, 6, 7, new BigDecimal("0.25")),
            Duration.ofMillis(1500),
            1,
            Optional.of("end_turn"),
            Optional.of("It works."))
        .withSteering(Optional.of(new SteeringReport(2, 1, "alice", "Take XML.")));
  }

  public static TaskLine line() {
    return new TaskLine(
        TASK,
        Optional.of("Fix <it>"),
        Optional.of("dev-7"),
        OutcomeWord.FAILED,
        Optional.of(TIME),
        Optional.of(TIME),
        1,
        Optional.of(TaskResult.of(last())));
  }

  public static TaskStory story() {
    var attempt = new AttemptRecord(ATTEMPT, 1, Optional.of(last()), Optional.of(TIME), false, 1);
    return new TaskStory(
        line(),
        Optional.of(
            new TaskDescription("Fix <it>", "dev-7", "app", "run: make", Optional.of(TIME))),
        List.of(new AttemptStory(attempt, OutcomeWord.FAILED, 12)),
        Optional.of(running()));
  }

  private static StatusUpdate last() {
    return new StatusUpdate(
        4,
        TaskState.FAILED,
        Stage.TEST,
        "1 test failed",
        work(),
        TIME,
        Optional.of(TIME),
        Optional.of(
            new Failure(Stage.TEST, FailureKind.TESTS_FAILED, "1 test failed", OptionalInt.of(1))),
        List.of(new StageTime(Stage.FETCH, TIME)));
  }

  private static WorkSummary work() {
    return new WorkSummary(
        Optional.of(new BranchName("dev-7")),
        Optional.of(COMMIT),
        List.of(
            new StepReport(
                1, "make", StepOutcome.FAILED, Duration.ofMillis(20), Optional.of("no"))),
        Optional.of(COMMIT),
        Optional.of(tests()),
        Optional.of("cgroup"),
        Optional.of(new ChangeRequestReport(Optional.of("http://localhost/1"), Optional.of("no"))),
        Optional.of(agent()),
        Optional.of(new ChangeReport(1, 2, 3, 4, 5, true)),
        Optional.of(new KeptPatch("/patch", 9, "b".repeat(64))),
        Optional.of(
            new SandboxReport(
                SandboxProfile.ISOLATED,
                "bubblewrap",
                List.of("limits"),
                List.of(new RefusedHost("example.com", 443, 1)))),
        Optional.of(review()),
        List.of("no effect"));
  }

  private static ReviewReport review() {
    return new ReviewReport(
        "claude",
        Action.REPORT,
        Verdict.REJECTED,
        1,
        List.of(
            new ReviewFinding(Severity.BLOCKER, Optional.of("a.c"), OptionalInt.of(1), "it leaks")),
        0,
        AgentUsage.NONE,
        Optional.of("no verdict"));
  }

  private static TestReport tests() {
    var names = new Names(1, List.of("ATest.works"));
    return new TestReport(
        "make test",
        1,
        new TestReport.Counts(4, 1, 1, 1),
        Duration.ofSeconds(2),
        List.of(new TestReport.FailedTest("ATest.works", "expected 1")),
        Optional.of(
            new BaselineComparison(
                names, names, names, Optional.of(BaselineComparison.Unnamed.NEW))),
        List.of("a report is broken"),
        List.of("FAILED"),
        Optional.of(
            new DilutedTests(List.of("ATest.java"), DilutedTests.Verdict.FAILED, 1, List.of("x"))));
  }
}
