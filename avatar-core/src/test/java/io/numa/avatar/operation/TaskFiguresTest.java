package io.numa.avatar.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.operation.TaskFigures.Ending;
import io.numa.avatar.operation.TaskFigures.Sum;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.time.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Counted tasks. */
class TaskFiguresTest {
  private static final TaskOutcome FAILED =
      TaskOutcome.of(
          new Failure(Stage.TEST, FailureKind.TESTS_FAILED, "two fail"), WorkSummary.NOTHING_YET);

  private final Watch watch = new Watch();
  private final TaskFigures figures = new TaskFigures(watch);

  @Test
  void measuresTasksAndTheirStages() {
    run("1", new TaskOutcome.Delivered(WorkSummary.NOTHING_YET));
    run("2", FAILED);
    run("3", FAILED);

    var failed = new Ending(OutcomeWord.FAILED, Optional.of(FailureKind.TESTS_FAILED));
    var done = new Ending(OutcomeWord.DONE, Optional.empty());
    assertThat(figures.endings()).containsExactlyInAnyOrder(failed, done);
    assertThat(figures.of(failed)).isEqualTo(new Sum(2, Duration.ofSeconds(12)));
    assertThat(figures.of(done)).isEqualTo(new Sum(1, Duration.ofSeconds(6)));
    assertThat(figures.stages()).containsExactlyInAnyOrder(Stage.CLONE, Stage.TEST);
    assertThat(figures.of(Stage.CLONE)).isEqualTo(new Sum(3, Duration.ofSeconds(6)));
    assertThat(figures.of(Stage.TEST)).isEqualTo(new Sum(3, Duration.ofSeconds(9)));
  }

  @Test
  void countsNoTaskOfOthers() {
    run("1", new TaskOutcome.NotOurs("another avatar has it"));

    assertThat(figures.endings()).isEmpty();
  }

  /** A task takes a second until its first stage, then two and three. */
  private void run(String id, TaskOutcome outcome) {
    var task = new TaskId(id);
    figures.began(
        Task.of(
            task,
            "title",
            new ApplicationId("shop"),
            new BranchName("dev"),
            new PlanSource.Prose("do it")),
        Attempt.of(task));
    watch.pass(1);
    figures.entered(task, Stage.CLONE);
    watch.pass(2);
    figures.entered(task, Stage.TEST);
    watch.pass(3);
    figures.ended(task, outcome);
  }

  private static final class Watch implements TimeSource {
    private long nanos;

    void pass(int seconds) {
      nanos += Duration.ofSeconds(seconds).toNanos();
    }

    @Override
    public Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    public long nanoTime() {
      return nanos;
    }
  }
}
