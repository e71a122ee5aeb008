package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.SOON;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A task is cancelled at the backend while an avatar works on it. */
@Timeout(60)
class TaskRunnerCancellationTest {
  @TempDir Path folder;
  private RunWorld world;
  private final Journal journal = Lasting.journal();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder).withSteps(write("login.txt", ""), run("build"));
  }

  @Test
  void isStoppedWhileACommandRuns() throws Exception {
    Held build = world.commands.hold("build", "compiling\n");
    Running running = begin(runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();

    world.backend.cancel(TASK);

    assertCancelled(running.outcome());
    assertThat(world.backend.log(TASK))
        .contains("compiling\n")
        .endsWith("[report] cancelled: cancelled at the backend\n")
        .isEqualTo(world.logFile());
  }

  @Test
  void isStoppedWhileItsTestsRun() throws Exception {
    Held tests = world.commands.hold("mvn verify", "");
    world.withPlan(
        DevelopmentPlan.of(write("login.txt", "")).withTest(new TestCommand.Run(RunWorld.MVN)));
    Running running = begin(runner(), TASK);
    assertThat(tests.awaitStart(SOON)).isTrue();

    world.backend.cancel(TASK);

    assertCancelled(running.outcome());
  }

  @Test
  void isStoppedWhileItClones() throws Exception {
    var cloning = new CountDownLatch(1);
    Running running = begin(runner(hangingClone(cloning), RunListener.NONE), TASK);
    RunWorld.await(cloning);

    world.backend.cancel(TASK);

    assertCancelled(running.outcome());
  }

  @Test
  void isStoppedWhileItWaitsForItsTurn() throws Exception {
    var second = new TaskId("T-2");
    var task = world.backend.task(TASK);
    world.withTask(RunWorld.task(second, task.branch(), task.plan()));
    Held build = world.commands.hold("build", "");
    var waiting = new CountDownLatch(1);
    TaskRunner runner = runner(world.repository, waiting("waiting for another", waiting));
    Running first = begin(runner, TASK);
    assertThat(build.awaitStart(SOON)).isTrue();
    Running next = begin(runner, second);
    RunWorld.await(waiting);

    world.backend.cancel(second);

    assertThat(next.outcome()).isInstanceOf(TaskOutcome.Cancelled.class);
    assertThat(world.backend.states(second)).containsOnlyOnce(TaskState.CANCELLED);
    build.release(0);
    assertThat(first.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
  }

  @Test
  void isSeenAlthoughTheBackendFailsNowAndThen() throws Exception {
    Held build = world.commands.hold("build", "");
    Running running = begin(runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();
    world.backend.failNext(
        Call.TASK, new PortException(FailureKind.UNAVAILABLE, "could not reach the backend"));

    world.backend.cancel(TASK);

    assertCancelled(running.outcome());
  }

  @Test
  void comesTooLateForWhatWasPushed() throws Exception {
    Repository real = world.repository;
    var pushed = new CountDownLatch(1);
    RunListener cancelling =
        new RunListener() {
          @Override
          public void printed(TaskId task, String text) {
            if (text.contains("pushed to")) {
              world.backend.cancel(TASK);
              pushed.countDown();
            }
          }
        };
    Running running = begin(runner(real, cancelling), TASK);
    RunWorld.await(pushed);

    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.backend.states(TASK))
        .endsWith(TaskState.DONE)
        .doesNotContain(TaskState.CANCELLED);
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
  }

  @Test
  void cannotBeSeenByAnAvatarThatIsRefused() throws Exception {
    Held build = world.commands.hold("build", "");
    Running running = begin(runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();
    int before = world.backend.calls(Call.TASK);
    world.backend.failNext(Call.TASK, new UnauthorizedException("could not read task T-1"));
    world.backend.awaitCalls(before + 1, Call.TASK, SOON);

    build.release(0);

    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
  }

  private void assertCancelled(TaskOutcome outcome) {
    assertThat(outcome).isInstanceOf(TaskOutcome.Cancelled.class);
    assertThat(((TaskOutcome.Cancelled) outcome).reason()).isEqualTo("cancelled at the backend");
    assertThat(world.backend.states(TASK))
        .endsWith(TaskState.CANCELLED)
        .containsOnlyOnce(TaskState.CANCELLED)
        .doesNotContain(TaskState.DONE, TaskState.FAILED);
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(journal.open()).isEmpty();
  }

  private static RunListener waiting(String text, CountDownLatch printed) {
    return new RunListener() {
      @Override
      public void printed(TaskId task, String more) {
        if (more.contains(text)) {
          printed.countDown();
        }
      }
    };
  }

  private static Repository hangingClone(CountDownLatch begun) {
    return new Repository() {
      @Override
      public WorkingCopy checkOut(CheckoutRequest request, Consumer<TransferProgress> progress)
          throws InterruptedException {
        begun.countDown();
        new CountDownLatch(1).await();
        throw new AssertionError("no thread counts down");
      }
    };
  }

  private TaskRunner runner() {
    return runner(world.repository, RunListener.NONE);
  }

  private TaskRunner runner(Repository repository, RunListener listener) {
    Ports ports = world.ports(journal);
    return new TaskRunner(
        OtherPorts.repository(ports, repository).withJournal(journal),
        world
            .settings()
            .withAttempts(new RunSettings.Attempts(3, Duration.ofMillis(20), Duration.ZERO)),
        listener,
        world.clock);
  }
}
