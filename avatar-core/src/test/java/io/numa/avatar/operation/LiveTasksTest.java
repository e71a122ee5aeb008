package io.numa.avatar.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Secret;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.workspace.ProtectedPaths;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveTasksTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
  private static final TaskId ID = new TaskId("7");
  private static final Task TASK =
      Task.of(
          ID,
          "Log in\nwith s3cret",
          new ApplicationId("shop"),
          new BranchName("dev-s3cret"),
          new PlanSource.Prose("do it"));
  private static final Attempt ATTEMPT = Attempt.of(ID);

  private static final RunSettings SETTINGS =
      RunSettings.of(
          new AvatarId("a"),
          Path.of("w"),
          Path.of("l"),
          Redactor.of(List.of(new Secret("s3cret"))));

  private final Watch clock = new Watch();
  private final LiveTasks live = new LiveTasks(clock, SETTINGS, new OperationEvents());

  @Test
  void showsWhatATaskDoesNow() {
    live.began(TASK, ATTEMPT);
    clock.now = START.plusSeconds(5);
    live.entered(ID, Stage.TEST);
    live.printed(ID, "| one\n| \u001b[31mtwo\u001b[0m");
    live.printed(ID, " three\n|  \n\n");

    assertThat(live.running())
        .containsExactly(
            new RunningTask(
                ID,
                "Log in with ***",
                "dev-***",
                ATTEMPT.id(),
                0,
                false,
                Stage.TEST,
                START,
                START.plusSeconds(5),
                Optional.of("two three"),
                Optional.empty()));
  }

  @Test
  void forgetsATaskThatHasEnded() {
    live.began(TASK, ATTEMPT);

    live.ended(ID, new TaskOutcome.Delivered(WorkSummary.NOTHING_YET));
    live.printed(ID, "late");

    assertThat(live.running()).isEmpty();
    assertThat(live.find(ID)).isEmpty();
  }

  @Test
  void namesATaskWhoseStageShouldHaveEnded() {
    live.began(TASK, ATTEMPT);
    live.entered(ID, Stage.CLONE);
    clock.now = START.plus(RunSettings.Limits.DEFAULTS.stage()).plus(Duration.ofMinutes(9));
    assertThat(live.stuck()).isEmpty();

    clock.now = clock.now.plus(Duration.ofMinutes(2));

    assertThat(live.stuck()).containsExactly("task 7 has been in stage 'clone' since " + START);
  }

  /** As after a reload of the configuration. */
  @Test
  void judgesATaskByTheLimitsThatItBeganWith() {
    live.began(TASK, ATTEMPT);
    Duration shorter = Duration.ofMinutes(1);
    live.use(
        SETTINGS
            .withLimits(new RunSettings.Limits(shorter, shorter, shorter))
            .withGuard(new Guard(ProtectedPaths.NONE, 1, 7, 7)));
    clock.now = START.plus(Duration.ofMinutes(12));
    assertThat(live.stuck()).isEmpty();
    assertThat(live.largestFile(ID)).isEqualTo(Guard.DEFAULTS.maxFileSize());

    live.began(TASK, ATTEMPT);
    clock.now = clock.now.plus(Duration.ofMinutes(12));

    assertThat(live.stuck()).hasSize(1);
    assertThat(live.largestFile(ID)).isEqualTo(7);
  }

  /** An outage of the backend may last for days, and is no reason to start the avatar anew. */
  @Test
  void aTaskThatOnlyReportsIsNotStuck() {
    live.began(TASK, ATTEMPT);
    live.reporting(ID, new TaskOutcome.Delivered(WorkSummary.NOTHING_YET));
    clock.now = START.plus(Duration.ofDays(3));

    assertThat(live.stuck()).isEmpty();
    assertThat(live.find(ID)).map(RunningTask::reporting).contains(true);
  }

  @Test
  void keepsTheEndOfMuchOutput() {
    live.began(TASK, ATTEMPT);
    for (int i = 0; i < 10_000; i++) {
      live.printed(ID, "line " + i + "\n");
    }
    live.printed(ID, "x".repeat(100_000) + "\nlast\n");

    assertThat(live.find(ID).flatMap(RunningTask::newest)).contains("last");
  }

  private static final class Watch extends Clock {
    private Instant now = START;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
