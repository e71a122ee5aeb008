package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.SOON;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.InMemoryBackend.Event;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The outcome of an attempt if its thread is interrupted, or the backend is unreachable or refuses.
 */
class TaskRunnerInterruptionTest {
  private static final AvatarId ANOTHER = new AvatarId("another");

  @TempDir Path folder;
  private RunWorld world;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder).withSteps(write("login.txt", ""), run("build"), run("pack"));
  }

  @Test
  void tellsThatItWasCancelledWhenItIsInterrupted() throws Exception {
    Held build = world.commands.hold("build", "compiling\n");
    Running running = begin(world.runner(), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();

    running.interrupt();

    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Cancelled.class);
    assertCancelledWithItsLog("compiling\n");
  }

  @Test
  void keepsTheLogWholeWhenItIsInterruptedWhileACommandPrints() throws Exception {
    world.commands.answer(
        "build",
        (command, output) -> {
          Thread.currentThread().interrupt();
          output.write("compiling\n".getBytes(UTF_8), 0, 10);
          throw new InterruptedException();
        });

    TaskOutcome outcome = begin(world.runner(), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Cancelled.class);
    assertCancelledWithItsLog("compiling\n");
  }

  @Test
  void stopsBeforeTheNextStepWhenACommandDoesNotMindTheInterrupt() throws Exception {
    world.commands.answer(
        "build",
        (command, output) -> {
          Thread.currentThread().interrupt();
          return new CommandResult.Exited(0, Duration.ZERO);
        });

    TaskOutcome outcome = begin(world.runner(), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Cancelled.class);
    assertThat(world.commands.executed()).containsExactly("build");
    assertCancelledWithItsLog("exited with 0 after 0.0 s\n");
  }

  @Test
  void isCancelledWhileItWaitsForItsTurn() throws Exception {
    var second = new TaskId("T-2");
    var task = world.backend.task(TASK);
    world.withTask(RunWorld.task(second, task.branch(), task.plan()));
    var waiting = new CountDownLatch(1);
    TaskRunner runner = world.runner(world.ports(), new OnPrinted("waiting for", waiting));
    Held build = world.commands.hold("build", "");
    Running first = begin(runner, TASK);
    assertThat(build.awaitStart(SOON)).isTrue();
    Running next = begin(runner, second);
    RunWorld.await(waiting);

    next.interrupt();

    assertThat(next.outcome()).isInstanceOf(TaskOutcome.Cancelled.class);
    assertThat(world.backend.states(second)).endsWith(TaskState.CANCELLED);
    build.release(0);
    assertThat(first.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
  }

  @Test
  void stopsWhenTheBackendRefusesItsLog() throws Exception {
    world.backend.withLease(Duration.ofMinutes(5));
    Held never = world.commands.hold("never", "");
    world.commands.answer(
        "build",
        (command, output) -> {
          world.backend.giveTo(ANOTHER, TASK);
          output.write("compiling\n".getBytes(UTF_8), 0, 10);
          return never.run(command, output);
        });

    TaskOutcome outcome = begin(world.runner(), TASK).outcome();

    assertDropped(outcome);
  }

  @Test
  void stopsWhenTheBackendRefusesAStatus() throws Exception {
    world = new RunWorld(folder.resolve("other"));
    world.commands.answer(
        "build",
        (command, output) -> {
          world.backend.giveTo(ANOTHER, TASK);
          return new CommandResult.Exited(0, Duration.ZERO);
        });
    world.commands.hold("mvn verify", "");
    var plan = DevelopmentPlan.of(write("login.txt", ""), run("build"));
    world.withPlan(plan.withTest(new TestCommand.Run(RunWorld.MVN)));

    TaskOutcome outcome = begin(world.runner(), TASK).outcome();

    assertDropped(outcome);
  }

  private void assertDropped(TaskOutcome outcome) throws Exception {
    assertThat(outcome).isEqualTo(new TaskOutcome.NotOurs("the backend gave it to another avatar"));
    assertThat(world.backend.states(TASK)).containsOnly(TaskState.IN_PROGRESS);
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(world.filesLeft()).allMatch(file -> file.toString().endsWith(".log"));
  }

  @Test
  void losesNothingWhileTheBackendIsOutOfReach() throws Exception {
    world.backend.plain();
    world.commands.answer(
        "build",
        (command, output) -> {
          world.backend.failNext(Call.APPEND, unreachable()).failNext(Call.REPORT, unreachable());
          output.write("compiling\n".getBytes(UTF_8), 0, 10);
          return new CommandResult.Exited(0, Duration.ZERO);
        });

    TaskOutcome outcome = begin(world.runner(), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.backend.log(TASK)).isEqualTo(world.logFile());
    assertThat(world.backend.updates(TASK))
        .extracting(update -> update.sequence())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    List<Event> events = world.backend.events(TASK);
    assertThat(events.get(events.size() - 1)).isInstanceOf(Event.Reported.class);
  }

  @Test
  void deliversAlthoughTheBackendRefusesALogForGood() throws Exception {
    world.backend.failAlways(
        Call.APPEND, new PortException(FailureKind.INVALID_ANSWER, "could not send the log"));

    TaskOutcome outcome = begin(world.runner(), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.backend.states(TASK)).endsWith(TaskState.DONE);
  }

  @Test
  void endsItsWorkAlthoughItsReportsAreNotAllowedAnyMore() throws Exception {
    world.backend.failAlways(
        Call.APPEND, new UnauthorizedException("could not send the log: the token was refused"));

    TaskOutcome outcome = begin(world.runner(), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
  }

  @Test
  void doesNotWaitForAnUnreachableBackendWhenItIsToStop() throws Exception {
    Held build = world.commands.hold("build", "");
    var ended = new OnPrinted("[report]", new CountDownLatch(1));
    Running running = begin(world.runner(world.ports(), ended), TASK);
    assertThat(build.awaitStart(SOON)).isTrue();
    world.backend.failAlways(Call.REPORT, unreachable()).failAlways(Call.APPEND, unreachable());
    build.release(0);
    RunWorld.await(ended.printed);
    running.awaitPause();

    running.interrupt();

    assertThat(running.result().get(5, SECONDS)).isInstanceOf(TaskOutcome.Delivered.class);
  }

  private static PortException unreachable() {
    return new PortException(FailureKind.UNAVAILABLE, "could not reach the backend: it is off");
  }

  private void assertCancelledWithItsLog(String printed) throws Exception {
    assertThat(world.backend.states(TASK)).endsWith(TaskState.CANCELLED);
    assertThat(world.backend.states(TASK)).containsOnlyOnce(TaskState.CANCELLED);
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(world.backend.log(TASK))
        .contains(printed)
        .endsWith("[report] cancelled: stopped before it was finished\n")
        .isEqualTo(world.logFile());
  }

  /** Signals when a text was printed. */
  private record OnPrinted(String text, CountDownLatch printed) implements RunListener {
    @Override
    public void printed(TaskId task, String more) {
      if (more.contains(text)) {
        printed.countDown();
      }
    }
  }
}
