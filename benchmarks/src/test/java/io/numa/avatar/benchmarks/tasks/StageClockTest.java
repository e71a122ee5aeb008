package io.numa.avatar.benchmarks.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StageClockTest {
  private static final TaskId TASK = new TaskId("task");

  private final AtomicLong now = new AtomicLong();
  private final StageClock clock = new StageClock(now::get);

  @Test
  void countsFromTheStartToTheAcknowledgedPush() {
    clock.start(TASK, () -> now.addAndGet(1000));
    now.addAndGet(1);
    clock.entered(TASK, Stage.FETCH);
    now.addAndGet(2);
    clock.entered(TASK, Stage.CLONE);
    now.addAndGet(4);
    clock.entered(TASK, Stage.PUSH);
    now.addAndGet(8);
    clock.printed(TASK, "2026-01-01T00:00:00.000Z [push] pushed to branch\n");
    now.addAndGet(16);

    assertThat(clock.stop(TASK)).isEqualTo(Map.of("fetch", 3L, "clone", 4L, "push", 8L));
  }
}
