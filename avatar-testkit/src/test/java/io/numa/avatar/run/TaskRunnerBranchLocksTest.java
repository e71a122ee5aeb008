package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.SOON;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tasks of one avatar may run at the same time. */
class TaskRunnerBranchLocksTest {
  private static final TaskId ONE = new TaskId("one");
  private static final TaskId OTHER = new TaskId("other");

  @TempDir Path folder;
  private RunWorld world;
  private TaskRunner runner;
  private Held one;
  private Held other;
  private final CountDownLatch waiting = new CountDownLatch(1);

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    one = world.commands.hold("build one", "");
    other = world.commands.hold("build other", "");
    runner =
        world.runner(
            world.ports(),
            new RunListener() {
              @Override
              public void printed(TaskId task, String text) {
                if (text.contains("waiting for another task on branch same")) {
                  waiting.countDown();
                }
              }
            });
  }

  @Test
  void oneAfterTheOtherOnOneBranch() throws Exception {
    addTask(ONE, "same");
    addTask(OTHER, "same");
    Running first = begin(runner, ONE);
    assertThat(one.awaitStart(SOON)).isTrue();

    Running second = begin(runner, OTHER);

    RunWorld.await(waiting);
    assertThat(world.commands.executed()).containsExactly("build one");
    assertThat(world.shop.branches()).containsExactly("main");
    other.release(0);
    one.release(0);
    assertThat(first.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(second.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.shop.log("same")).hasSize(3);
    assertThat(world.shop.files("same").keySet())
        .containsExactly("README.md", "one.txt", "other.txt");
  }

  @Test
  void theNextGetsItsTurnAfterAFailure() throws Exception {
    addTask(ONE, "same");
    addTask(OTHER, "same");
    Running first = begin(runner, ONE);
    assertThat(one.awaitStart(SOON)).isTrue();
    Running second = begin(runner, OTHER);
    RunWorld.await(waiting);

    other.release(0);
    one.release(1);

    assertThat(first.outcome()).isInstanceOf(TaskOutcome.Failed.class);
    assertThat(second.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
  }

  @Test
  void atTheSameTimeOnTwoBranches() throws Exception {
    addTask(ONE, "left");
    addTask(OTHER, "right");

    Running first = begin(runner, ONE);
    Running second = begin(runner, OTHER);

    assertThat(one.awaitStart(SOON)).isTrue();
    assertThat(other.awaitStart(SOON)).isTrue();
    one.release(0);
    other.release(0);
    assertThat(first.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(second.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
  }

  private void addTask(TaskId id, String branch) {
    world.withTask(
        RunWorld.task(
            id,
            new BranchName(branch),
            new PlanSource.Structured(
                DevelopmentPlan.of(write(id + ".txt", ""), run("build", id.value())))));
  }
}
