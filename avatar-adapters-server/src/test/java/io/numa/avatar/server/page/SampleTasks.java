package io.numa.avatar.server.page;

import io.numa.avatar.operation.AttemptStory;
import io.numa.avatar.operation.RunningTask;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.AttemptRecord;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskResult;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageTime;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Makes stories of tasks. */
final class SampleTasks {
  private static final List<Integer> SECONDS = List.of(0, 1, 3, 17, 65, 289, 400, 412, 414, 420);

  private final Instant now;

  SampleTasks(Instant now) {
    this.now = now;
  }

  /** How many seconds after its begin an attempt enters a stage. */
  private static int entered(Stage stage) {
    return SECONDS.get(List.of(Stage.values()).indexOf(stage));
  }

  /** The texts of a task, which its author wrote. */
  record Wording(String id, String title, String branch, String plan) {
    static Wording of(String id, String title, String branch) {
      return new Wording(id, title, branch, "Do what the title says.\n\nKeep the tests.");
    }
  }

  static AttemptId attempt(String task) {
    return new AttemptId(UUID.nameUUIDFromBytes(task.getBytes(StandardCharsets.UTF_8)));
  }

  /** A task that runs since {@code seconds}. */
  TaskStory running(Wording task, Stage stage, long seconds, String newest) {
    Instant start = now.minusSeconds(seconds);
    var id = new TaskId(task.id());
    var running =
        new RunningTask(
            id,
            task.title(),
            task.branch(),
            attempt(task.id()),
            1,
            false,
            stage,
            start,
            now.minusSeconds(seconds / 2),
            Optional.of(newest),
            stage == Stage.DEVELOP
                ? Optional.of(agent(14, "0.42", Optional.empty()))
                : Optional.empty());
    var status = status(stage, start, Optional.empty(), Optional.empty(), WorkSummary.NOTHING_YET);
    return story(task, OutcomeWord.RUNNING, status, Optional.of(running));
  }

  /** A task that has ended {@code ago} seconds ago. */
  TaskStory ended(Wording task, OutcomeWord outcome, long ago, WorkSummary work) {
    return ended(task, outcome, ago, work, failure(outcome));
  }

  TaskStory ended(
      Wording task, OutcomeWord outcome, long ago, WorkSummary work, Optional<Failure> failure) {
    Stage last = failure.map(Failure::stage).orElse(Stage.REPORT);
    Instant end = now.minusSeconds(ago);
    Instant start = end.minusSeconds(entered(last) + 9);
    return story(
        task, outcome, status(last, start, Optional.of(end), failure, work), Optional.empty());
  }

  private static Optional<Failure> failure(OutcomeWord outcome) {
    return switch (outcome) {
      case FAILED ->
          Optional.of(
              new Failure(
                  Stage.TEST,
                  FailureKind.TESTS_FAILED,
                  "3 new tests fail:\nMailTemplateTest.rendersGreeting: expected \"Dear Ann\" but was"
                      + " \"Dear \"\nMailTemplateTest.rendersFooter: template footer.html not found",
                  OptionalInt.of(1)));
      case UNAVAILABLE ->
          Optional.of(
              new Failure(Stage.CLONE, FailureKind.UNAVAILABLE, "git.example.com does not answer"));
      default -> Optional.empty();
    };
  }

  private static StatusUpdate status(
      Stage last,
      Instant start,
      Optional<Instant> end,
      Optional<Failure> failure,
      WorkSummary work) {
    var stages = new ArrayList<StageTime>();
    for (Stage stage : Stage.values()) {
      if (stage.compareTo(last) <= 0) {
        stages.add(new StageTime(stage, start.plusSeconds(entered(stage))));
      }
    }
    TaskState state =
        end.isEmpty()
            ? TaskState.IN_PROGRESS
            : failure.isPresent() ? TaskState.FAILED : TaskState.DONE;
    String message =
        failure
            .map(Failure::message)
            .orElse(end.isEmpty() ? "the agent works" : "pushed to the branch");
    return new StatusUpdate(7, state, last, message, work, start, end, failure, stages);
  }

  private TaskStory story(
      Wording task, OutcomeWord outcome, StatusUpdate status, Optional<RunningTask> running) {
    var line =
        new TaskLine(
            new TaskId(task.id()),
            Optional.of(task.title()),
            Optional.of(task.branch()),
            outcome,
            Optional.of(status.startedAt()),
            status.finishedAt(),
            1,
            status.finishedAt().map(end -> TaskResult.of(status)));
    var description =
        new TaskDescription(
            task.title(), task.branch(), "shop", task.plan(), Optional.of(now.minusSeconds(9_000)));
    var record =
        new AttemptRecord(
            attempt(task.id()), 1, Optional.of(status), status.finishedAt(), false, 0);
    return new TaskStory(
        line, Optional.of(description), List.of(new AttemptStory(record, outcome, 0)), running);
  }

  static AgentReport agent(int turns, String cost, Optional<String> summary) {
    return new AgentReport(
        "qwen",
        Optional.of("0.9.1"),
        Optional.of("qwen3-coder"),
        Optional.empty(),
        new AgentUsage(turns, 60, turns, 812_000, 0, 0, 21_400, new BigDecimal(cost)),
        Duration.ofSeconds(224),
        1,
        summary.map(text -> "end_turn"),
        summary);
  }

  static TestReport tests(int run, int failed) {
    var failures = new ArrayList<TestReport.FailedTest>();
    for (int i = 0; i < failed; i++) {
      failures.add(
          new TestReport.FailedTest("MailTemplateTest.case" + i, "expected 1 but was " + i));
    }
    return new TestReport(
        "mvn -q verify",
        failed == 0 ? 0 : 1,
        new TestReport.Counts(run, failed, 0, 2),
        Duration.ofSeconds(123),
        failures);
  }
}
