package io.numa.avatar.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.backend.internal.topics.ReportWriter;
import io.numa.avatar.backend.settings.StatusWords;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.BaselineComparison.Unnamed;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.task.agent.ChangeReport;
import io.numa.avatar.task.agent.DilutedTests;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.task.agent.SteeringReport;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ReportWriterTest {
  private static final String ID = "6f0c7a52-0000-4000-8000-000000000001";

  private final ReportWriter writer =
      new ReportWriter(
          new AvatarId("avatar_001"),
          new StatusWords("open", "running", "ok", "broken", "stopped"),
          Redactor.of(List.of()));
  private final Attempt attempt =
      new Attempt(new TaskId("1"), new AttemptId(UUID.fromString(ID)), Optional.empty());

  @Test
  void leavesOutWhatIsNotKnownYet() {
    assertThat(json(writer.status(attempt, Updates.started(1)).toString()))
        .isEqualTo(
            json(
                """
                {"status": "running",
                 "details": {"avatar_id": "avatar_001",
                             "attempt": "6f0c7a52-0000-4000-8000-000000000001",
                             "stage": "clone", "message": "cloning",
                             "started_at": "2026-01-02T03:04:05Z"}}
                """));
  }

  @Test
  void tellsAllThatIsKnownAtTheEnd() {
    var report =
        new TestReport(
                "mvn verify",
                0,
                new TestReport.Counts(12, 1, 2, 3),
                Duration.ofMillis(1500),
                List.of(new TestReport.FailedTest("AppTest.starts", "expected 1")))
            .withBaseline(
                Optional.of(
                    new BaselineComparison(
                        Names.of(List.of("AppTest.starts")),
                        Names.of(List.of("AppTest.stops")),
                        new Names(200, List.of("AppTest.waits")),
                        Optional.of(Unnamed.PRE_EXISTING))))
            .withLost(List.of("1 report could not be read: a.xml: why"));
    var work =
        WorkSummary.NOTHING_YET
            .withBase(new BranchName("dev-1"), new CommitId("a".repeat(40)))
            .withTests(report)
            .withCommit(new CommitId("b".repeat(40)))
            .withProcessControl(Optional.of("pid_namespace"))
            .withChangeRequest(ChangeRequestReport.at("https://git.example.com/pull/7"));

    assertThat(json(writer.status(attempt, Updates.ended(2, TaskState.DONE, work)).toString()))
        .isEqualTo(
            json(
                """
                {"status": "ok",
                 "details": {"avatar_id": "avatar_001",
                             "attempt": "6f0c7a52-0000-4000-8000-000000000001",
                             "stage": "report", "message": "over",
                             "branch": "dev-1",
                             "base_commit": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                             "commit": "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                             "change_request_url": "https://git.example.com/pull/7",
                             "tests": {"command": "mvn verify", "verdict": "passed", "run": 12, "failed": 1,
                                       "errors": 2, "skipped": 3, "duration_ms": 1500,
                                       "failures": [{"name": "AppTest.starts",
                                                     "message": "expected 1"}],
                                       "lost": ["1 report could not be read: a.xml: why"],
                                       "baseline": {
                                           "new": ["AppTest.starts"], "new_count": 1,
                                           "fixed": ["AppTest.stops"], "fixed_count": 1,
                                           "pre_existing": ["AppTest.waits"],
                                           "pre_existing_count": 200,
                                           "unnamed": "pre_existing"}},
                             "process_control": "pid_namespace",
                             "started_at": "2026-01-02T03:04:05Z",
                             "finished_at": "2026-01-02T03:05:05Z"}}
                """));
  }

  @Test
  void saysThatThereWereNoTests() {
    JsonNode body =
        writer.status(attempt, Updates.ended(2, TaskState.DONE, WorkSummary.NOTHING_YET));

    assertThat(body.at("/details").has("tests")).isTrue();
    assertThat(body.at("/details/tests").isNull()).isTrue();
  }

  @Test
  void tellsWhatFailed() {
    var failure =
        new Failure(Stage.DEVELOP, FailureKind.COMMAND_FAILED, "exit code 2", OptionalInt.of(2));
    StatusUpdate end = Updates.ended(2, TaskState.FAILED, WorkSummary.NOTHING_YET);
    var update =
        new StatusUpdate(
            2,
            TaskState.FAILED,
            Stage.DEVELOP,
            "failed",
            WorkSummary.NOTHING_YET,
            end.startedAt(),
            end.finishedAt(),
            Optional.of(failure));

    assertThat(writer.status(attempt, update).at("/details/failure"))
        .isEqualTo(
            json(
                """
                {"stage": "develop", "kind": "command_failed", "message": "exit code 2",
                 "advice": "docs/failures.md#command_failed", "exit_code": 2}
                """));
  }

  @Test
  void bearsTheEpochOfTheLeaseAsTheBackendSpelledIt() {
    assertThat(writer.status(leased("7"), Updates.started(1)).path("lease_epoch").isNumber())
        .isTrue();
    assertThat(json(writer.log(leased("a7"), new LogChunk(3, "x")).toString()))
        .isEqualTo(
            json(
                """
                {"logs": "x", "attempt": "6f0c7a52-0000-4000-8000-000000000001", "offset": 3,
                 "lease_epoch": "a7"}
                """));
  }

  private Attempt leased(String epoch) {
    return attempt.withLease(new Lease(Duration.ofSeconds(60), Optional.of(epoch)));
  }

  @Test
  void tellsWhatAnAgentDid() {
    var report =
        new AgentReport(
                "qwen",
                Optional.of("0.15.10"),
                Optional.of("m1"),
                Optional.of("…4711"),
                new AgentUsage(7, 12, 9, 1000, 600, 50, 200, new BigDecimal("0.05")),
                Duration.ofSeconds(245),
                1,
                Optional.of("completed"),
                Optional.of("s".repeat(1000)))
            .withSteering(Optional.of(new SteeringReport(3, 2, "alice", "Take XML.")));
    StatusUpdate update =
        Updates.ended(
            2,
            TaskState.DONE,
            WorkSummary.NOTHING_YET
                .withAgent(report)
                .withChanges(new ChangeReport(2, 10, 3, 1, 0, true))
                .withKeptPatch(new KeptPatch("/logs/a.patch", 812, "ab".repeat(32)))
                .withSandbox(
                    new SandboxReport(
                        SandboxProfile.EGRESS,
                        "bubblewrap",
                        List.of("network"),
                        List.of(new RefusedHost("db.example.com", 5432, 3))))
                .withTests(
                    new TestReport("mvn", 0, TestReport.Counts.NONE, Duration.ZERO, List.of())
                        .withDiluted(
                            new DilutedTests(
                                List.of("src/test/ATest.java"), DilutedTests.Verdict.FAILED, 2))));

    JsonNode details = json(writer.status(attempt, update).path("details").toString());

    assertThat(details.path("agent"))
        .isEqualTo(
            json(
                """
                {"name": "qwen", "version": "0.15.10", "model": "m1", "session": "…4711",
                 "turns": 7, "tool_calls": 12, "requests": 9, "input_tokens": 1000,
                 "cached_tokens": 600, "output_tokens": 200, "cost": 0.05, "repairs": 1,
                 "stop": "completed", "summary": "%s"}
                """
                    .formatted("s".repeat(1000))));
    assertThat(details.path("steering"))
        .isEqualTo(
            json(
                """
                {"accepted": 3, "delivered": 2, "author": "alice", "text": "Take XML."}
                """));
    assertThat(details.path("changes"))
        .isEqualTo(
            json(
                """
                {"files": 2, "insertions": 10, "deletions": 3, "tests_changed": 1,
                 "tests_deleted": 0, "test_setup_changed": true}
                """));
    assertThat(details.path("kept_patch"))
        .isEqualTo(
            json(
                """
                {"path": "/logs/a.patch", "bytes": 812, "sha256": "%s"}
                """
                    .formatted("ab".repeat(32))));
    assertThat(details.path("sandbox"))
        .isEqualTo(
            json(
                """
                {"profile": "egress", "means": "bubblewrap", "lacks": ["network"],
                 "refused": [{"host": "db.example.com", "port": 5432, "count": 3}]}
                """));
    assertThat(details.path("tests").path("diluted"))
        .isEqualTo(
            json(
                """
                {"files": ["src/test/ATest.java"], "verdict": "failed", "fewer": 2}
                """));
    JsonNode brief = writer.brief(attempt, update).path("details");
    assertThat(brief.path("agent").path("summary").asText()).hasSizeLessThan(400);
    assertThat(brief.at("/tests/diluted/files").isMissingNode()).isTrue();
  }

  private static JsonNode json(String text) {
    try {

      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
