package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.SOON;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The time limits of tasks, and how long files are kept. */
@Timeout(60)
class TaskRunnerBoundsTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final long LOG = 1 << 20;

  @TempDir Path folder;
  private RunWorld world;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder).withSteps(write("login.txt", ""), run("build"));
  }

  @Test
  void aStageThatHangsIsEnded() throws Exception {
    var limits = new RunSettings.Limits(LONG, LONG, SHORT, LONG, LONG, LOG);

    TaskOutcome outcome = begin(runner(hangingClone(), limits), TASK).outcome();

    assertFailed(outcome, Stage.CLONE, "stage 'clone' took longer than 0.1 s");
  }

  @Test
  void anApplicationThatTheBackendCannotGiveIsAwaitedWhileItsStageMayTake() throws Exception {
    var limits = new RunSettings.Limits(LONG, LONG, SHORT, LONG, LONG, LOG);
    var away = new PortException(FailureKind.UNAVAILABLE, "the backend is away");
    Ports ports = new BreakingPort("TaskSource.application", away).in(world.ports());

    TaskOutcome outcome = begin(runner(ports, limits), TASK).outcome();

    assertFailed(outcome, Stage.FETCH, "stage 'fetch' took longer than 0.1 s");
    assertThat(world.backend.log(TASK)).contains("the backend is away; next try in ");
  }

  @Test
  void aTaskThatHangsIsEnded() throws Exception {
    var limits = new RunSettings.Limits(LONG, LONG, LONG, SHORT, LONG, LOG);

    TaskOutcome outcome = begin(runner(hangingClone(), limits), TASK).outcome();

    assertFailed(outcome, Stage.CLONE, "the task took longer than 0.1 s");
  }

  @Test
  void aCommandThatIsSilentIsEnded() throws Exception {
    world.commands.hold("build", "compiling\n");
    var limits = new RunSettings.Limits(LONG, LONG, LONG, LONG, SHORT, LOG);

    TaskOutcome outcome = begin(runner(world.repository, limits), TASK).outcome();

    assertFailed(
        outcome,
        Stage.DEVELOP,
        "step 2 (run build): 'build' was ended: it printed nothing for 0.1 s");
  }

  private void assertFailed(TaskOutcome outcome, Stage stage, String message) {
    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    assertThat(((TaskOutcome.Failed) outcome).failure())
        .isEqualTo(new Failure(stage, FailureKind.TIMEOUT, message, OptionalInt.empty()));
    assertThat(world.backend.states(TASK))
        .endsWith(TaskState.FAILED)
        .containsOnlyOnce(TaskState.FAILED);
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @Test
  void whatFailedIsKeptForItsTimeAndThenRemoved() throws Exception {
    world.commands.answer("build", 1, "");
    TaskRunner runner = runner(keepingFor(Duration.ofHours(1)));
    begin(runner, TASK).outcome();

    world.clock.advance(Duration.ofMinutes(59));
    runner.tidy();

    assertThat(workingCopies()).hasSize(1);
    Path home = workingCopies().get(0);
    assertThat(home.resolve("tree/login.txt")).exists();
    assertThat(world.backend.log(TASK)).contains("the working copy is kept for 1 h");
    world.clock.advance(Duration.ofMinutes(2));
    runner.tidy();
    assertThat(home.getParent()).doesNotExist();
  }

  @Test
  void whatWentWellIsNotKept() throws Exception {
    TaskRunner runner = runner(keepingFor(Duration.ofHours(1)));

    begin(runner, TASK).outcome();

    assertThat(folder.resolve("workspace").resolve(TASK.fileName())).doesNotExist();
  }

  @Test
  void logsOfEndedTasksGoWhenTheirTimeIsOver() throws Exception {
    TaskRunner runner = runner(keepingFor(Duration.ZERO));
    begin(runner, TASK).outcome();
    runner.tidy();
    assertThat(world.filesLeft()).hasSize(1);

    world.clock.advance(Duration.ofDays(31));
    runner.tidy();

    assertThat(world.filesLeft()).isEmpty();
  }

  @Test
  void workThatGoesOnIsNotTidiedAway() throws Exception {
    var build = world.commands.hold("build", "");
    TaskRunner runner = runner(keepingFor(Duration.ofHours(1)));
    Running running = begin(runner, TASK);
    assertThat(build.awaitStart(SOON)).isTrue();

    world.clock.advance(Duration.ofMinutes(61));
    runner.tidy();

    assertThat(workingCopies()).hasSize(1);
    build.release(0);
    assertThat(running.outcome()).isInstanceOf(TaskOutcome.Delivered.class);
  }

  private List<Path> workingCopies() throws Exception {
    Path task = folder.resolve("workspace").resolve(TASK.fileName());
    if (!Files.exists(task)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(task)) {
      return homes.toList();
    }
  }

  private RunSettings keepingFor(Duration time) {
    return world.settings().withAttempts(new RunSettings.Attempts(3, Duration.ofSeconds(10), time));
  }

  private TaskRunner runner(RunSettings settings) {
    return new TaskRunner(world.ports(), settings, RunListener.NONE, world.clock);
  }

  private TaskRunner runner(Repository repository, RunSettings.Limits limits) {
    Ports ports = world.ports();
    return runner(OtherPorts.repository(ports, repository), limits);
  }

  private TaskRunner runner(Ports ports, RunSettings.Limits limits) {
    RunSettings all = world.settings();
    return new TaskRunner(ports, all.withLimits(limits), RunListener.NONE, world.clock);
  }

  private static Repository hangingClone() {
    return new Repository() {
      @Override
      public WorkingCopy checkOut(CheckoutRequest request, Consumer<TransferProgress> progress)
          throws InterruptedException {
        new CountDownLatch(1).await();
        throw new AssertionError("no thread counts down");
      }
    };
  }
}
