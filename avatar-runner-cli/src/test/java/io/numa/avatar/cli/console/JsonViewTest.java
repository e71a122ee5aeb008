package io.numa.avatar.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.testkit.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonViewTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringWriter printed = new StringWriter();
  private final JsonView view =
      new JsonView(new PrintWriter(printed), ManualClock.at(Samples.NOON));

  @Test
  void saysMessages() throws Exception {
    view.say("wait\n\"here\" \u001b[1m – 你好");

    assertThat(event())
        .isEqualTo(
            json(
                """
                {"time": "2026-01-02T12:00:00Z", "event": "message",
                 "text": "wait\\n\\"here\\"  – 你好"}"""));
    assertThat(printed.toString()).doesNotContain("\u001b");
  }

  @Test
  void tellsTheBeginning() throws Exception {
    Task task = Samples.task("7", "Count");
    Attempt attempt = Samples.attempt(task);

    view.began(task, attempt);

    assertThat(event())
        .isEqualTo(
            json(
                """
                {"time": "2026-01-02T12:00:00Z", "event": "began", "task": "7",
                 "attempt": "%s", "title": "Count"}"""
                    .formatted(attempt.id())));
  }

  @Test
  void tellsStages() throws Exception {
    view.entered(Samples.SEVEN, Stage.DEVELOP);

    assertThat(event())
        .isEqualTo(
            json(
                """
                {"time": "2026-01-02T12:00:00Z", "event": "stage", "task": "7",
                 "stage": "develop"}"""));
  }

  @Test
  void tellsTransfersWithAndWithoutATotal() throws Exception {
    view.transferred(
        Samples.SEVEN, new TransferProgress("Receiving objects", 3, OptionalLong.of(9), 1234));
    view.transferred(Samples.SEVEN, new TransferProgress("Counting", 4, OptionalLong.empty(), 0));

    assertThat(printed.toString().lines().map(JsonViewTest::parsed))
        .containsExactly(
            json(
                """
                {"time": "2026-01-02T12:00:00Z", "event": "transfer", "task": "7",
                 "activity": "Receiving objects", "done": 3, "bytes": 1234, "total": 9}"""),
            json(
                """
                {"time": "2026-01-02T12:00:00Z", "event": "transfer", "task": "7",
                 "activity": "Counting", "done": 4, "bytes": 0}"""));
  }

  @Test
  void givesTheLogAsItGrows() throws Exception {
    view.printed(Samples.SEVEN, "half a li");

    assertThat(event())
        .isEqualTo(
            json(
                """
                {"time": "2026-01-02T12:00:00Z", "event": "log", "task": "7",
                 "text": "half a li"}"""));
  }

  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of(
            Samples.DELIVERED,
            """
            "outcome": "done", "branch": "dev-7", "base_commit": "%s", "commit": "%s",
            "tests": null"""
                .formatted(Samples.BASE, Samples.COMMIT)),
        Arguments.of(
            new TaskOutcome.Cancelled(
                "the avatar stops",
                WorkSummary.NOTHING_YET
                    .withSteps(
                        List.of(
                            new StepReport(
                                1,
                                "Build",
                                StepOutcome.FAILED,
                                Duration.ofMillis(20),
                                Optional.of("exit code 2"))))
                    .withProcessControl(Optional.of("cookie"))),
            """
            "outcome": "cancelled", "message": "the avatar stops", "process_control": "cookie",
            "steps": [{"step": 1, "what": "Build", "outcome": "failed", "duration_ms": 20,
                       "message": "exit code 2"}]"""),
        Arguments.of(
            new TaskOutcome.Delivered(
                WorkSummary.NOTHING_YET.withChangeRequest(
                    ChangeRequestReport.at("https://forge/1"))),
            "\"outcome\": \"done\", \"tests\": null, \"change_request_url\": \"https://forge/1\""),
        Arguments.of(
            new TaskOutcome.Delivered(
                WorkSummary.NOTHING_YET.withChangeRequest(ChangeRequestReport.missing("refused"))),
            "\"outcome\": \"done\", \"tests\": null, \"change_request_problem\": \"refused\""),
        Arguments.of(
            Samples.FAILED,
            """
            "outcome": "failed", "stage": "test", "kind": "tests_failed",
            "message": "2 tests failed", "exit_code": 1,
            "advice": "docs/failures.md#tests_failed\""""),
        Arguments.of(
            Samples.REGRESSED,
            """
            "outcome": "failed", "stage": "test", "kind": "tests_failed",
            "message": "1 new failure", "exit_code": 1,
            "advice": "docs/failures.md#tests_failed",
            "tests": {"command": "mvn verify", "verdict": "failed", "exit_code": 1, "run": 12, "failed": 1,
                      "errors": 2, "skipped": 3, "duration_ms": 1500,
                      "failures": [{"name": "AppTest.starts", "message": "expected 1"}],
                      "baseline": {"new": ["AppTest.starts"], "new_count": 1,
                                   "fixed": ["AppTest.stops"], "fixed_count": 1,
                                   "pre_existing": ["AppTest.waits"], "pre_existing_count": 200,
                                   "unnamed": "new"}}"""),
        Arguments.of(
            Samples.UNAVAILABLE,
            """
            "outcome": "failed", "stage": "clone", "kind": "unavailable",
            "message": "no route to host", "advice": "docs/failures.md#unavailable\""""),
        Arguments.of(
            Samples.CANCELLED, "\"outcome\": \"cancelled\", \"message\": \"the avatar stops\""),
        Arguments.of(
            Samples.NOT_OURS, "\"outcome\": \"dropped\", \"message\": \"another avatar has it\""));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void tellsHowItEnded(TaskOutcome outcome, String expected) throws Exception {
    view.ended(Samples.SEVEN, outcome);

    assertThat(event())
        .isEqualTo(
            json(
                "{\"time\": \"2026-01-02T12:00:00Z\", \"event\": \"ended\", \"task\": \"7\", "
                    + expected
                    + "}"));
  }

  @Test
  void tellsWhatAnAgentUsed() throws Exception {
    view.ended(Samples.SEVEN, new TaskOutcome.Delivered(Samples.WORK.withAgent(Samples.AGENT)));

    JsonNode agent = event().path("agent");
    assertThat(agent.path("name").asText()).isEqualTo("qwen");
    assertThat(agent.path("turns").asLong()).isEqualTo(7);
    assertThat(agent.path("cost").decimalValue()).isEqualByComparingTo("0.12345");
    assertThat(agent.path("duration_ms").asLong()).isEqualTo(245_000);
  }

  private JsonNode event() throws JsonProcessingException {
    assertThat(printed.toString().lines()).hasSize(1);
    return json(printed.toString());
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  private static JsonNode parsed(String line) {
    try {
      return json(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("not JSON: " + line, e);
    }
  }
}
