package io.numa.avatar.testkit.contract;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.ReviewPolicy.Action;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.BaselineComparison.Unnamed;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageTime;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestReport.FailedTest;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Values for the contracts' tests. */
public final class Samples {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private Samples() {}

  public static final String PROSE = "Let people log in.";

  /** A task without settings. */
  public static Task bareTask(String id) {
    return Task.of(
        new TaskId(id),
        "Añadir el inicio de sesión – 登录",
        new ApplicationId("7"),
        new BranchName("feature/log-in"),
        new PlanSource.Prose(PROSE));
  }

  public static Task task(String id) {
    return bareTask(id)
        .withBase(Optional.of(new BranchName("develop")))
        .withOptions(
            new TaskOptions(
                Optional.of(new TestCommand.Run(new CommandLine.Argv(List.of("mvn", "verify")))),
                Optional.of(Duration.ofMinutes(10)),
                Optional.of("feat: log in")));
  }

  /** An application without settings. */
  public static Application bareApplication() {
    Application whole = application();
    return new Application(
        whole.id(), whole.name(), whole.repository(), Optional.empty(), Optional.empty());
  }

  public static Application application() {
    return new Application(
        new ApplicationId("7"),
        "shop",
        RepositoryUrl.parse("https://git.example.com/team/shop.git"),
        Optional.of(new BranchName("main")),
        Optional.of(new TestCommand.None()));
  }

  public static StatusUpdate begun(int sequence) {
    return new StatusUpdate(
        sequence,
        TaskState.IN_PROGRESS,
        Stage.CLONE,
        "cloning",
        WorkSummary.NOTHING_YET,
        START,
        Optional.empty(),
        Optional.empty());
  }

  public static StatusUpdate done(int sequence) {
    return new StatusUpdate(
        sequence,
        TaskState.DONE,
        Stage.PUSH,
        "pushed",
        WorkSummary.NOTHING_YET,
        START,
        Optional.of(START.plusSeconds(60)),
        Optional.empty());
  }

  private static ReviewReport review() {
    return new ReviewReport(
        "claude",
        Action.REPAIR,
        Verdict.REJECTED,
        2,
        List.of(
            new ReviewFinding(
                Severity.BLOCKER, Optional.of("a/A.java"), OptionalInt.of(12), "it leaks 🚀")),
        3,
        new AgentUsage(2, 5, 3, 500, 0, 0, 40, new BigDecimal("0.02")),
        Optional.of("its answers had no verdict"));
  }

  /** A last status in which nothing is empty. */
  public static StatusUpdate everything(int sequence) {
    var names = new Names(3, List.of("a.ATest.fails", "b.BTest.\"fails\" too"));
    var tests =
        new TestReport(
                "mvn -B verify",
                1,
                new Counts(9, 2, 1, 3),
                Duration.ofNanos(61_000_000_007L),
                List.of(new FailedTest("a.ATest.fails", "expected: <1>\n but was: <2>\n")))
            .withBaseline(
                Optional.of(
                    new BaselineComparison(
                        names, new Names(0, List.of()), names, Optional.of(Unnamed.PRE_EXISTING))))
            .withLost(List.of("1 report could not be read: a.xml line 3: \u2400"))
            .withLastLines(List.of("make: *** [test] Error 1", ""))
            .withDiluted(
                new DilutedTests(
                    List.of("a/ATest.java"),
                    DilutedTests.Verdict.FAILED,
                    2,
                    List.of("a.ATest.fails: expected 1")));
    var agent =
        new AgentReport(
                "qwen",
                Optional.of("0.15.10"),
                Optional.of("m1"),
                Optional.of("4711"),
                new AgentUsage(7, 12, 9, 1_000, 600, 50, 200, new BigDecimal("0.0501")),
                Duration.ofSeconds(61),
                1,
                Optional.of("completed"),
                Optional.of("done 🚀\n"))
            .withSteering(Optional.of(new SteeringReport(3, 2, "añadir", "Take XML 🚀")));
    var work =
        WorkSummary.NOTHING_YET
            .withBase(new BranchName("añadir/登录"), new CommitId("a".repeat(40)))
            .withSteps(
                List.of(
                    new StepReport(
                        1, "write 🚀", StepOutcome.APPLIED, Duration.ofMillis(3), Optional.empty()),
                    new StepReport(
                        2,
                        "run",
                        StepOutcome.FAILED,
                        Duration.ZERO,
                        Optional.of("half a pair: \ud83d, a NUL: \0"))))
            .withCommit(new CommitId("b".repeat(64)))
            .withTests(tests)
            .withProcessControl(Optional.of("cgroup"))
            .withAgent(agent)
            .withChanges(new ChangeReport(2, 10, 3, 1, 1, true))
            .withKeptPatch(new KeptPatch("/logs/1/a.patch", 812, "ab".repeat(32)))
            .withSandbox(
                new SandboxReport(
                    SandboxProfile.EGRESS,
                    "bubblewrap",
                    List.of("network", "memory"),
                    List.of(new RefusedHost("db.example.com", 5432, 3))))
            .withReview(review())
            .withIgnored("the plan's review.action 'report' has no effect")
            .withChangeRequest(
                new ChangeRequestReport(Optional.of("https://forge/1"), Optional.of("two\nlines")));
    return new StatusUpdate(
        sequence,
        TaskState.FAILED,
        Stage.TEST,
        "two lines\nof \t text",
        work,
        START.plusNanos(123_456_789),
        Optional.of(START.plusSeconds(60).plusNanos(1)),
        Optional.of(
            new Failure(Stage.TEST, FailureKind.TESTS_FAILED, "2 tests failed", OptionalInt.of(1))),
        List.of(
            new StageTime(Stage.FETCH, START),
            new StageTime(Stage.TEST, START.plusSeconds(9).plusNanos(1))));
  }
}
