package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A port throws any exception at any place: the task ends, and its last status names the stage. */
class TaskRunnerBreakingPortsTest {
  @TempDir Path folder;
  private RunWorld world;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder).withATaskForEveryPort();
  }

  @Test
  void aDefectOfTheReporterDoesNotKeepTheEndFromBeingTold() throws Exception {
    var ports =
        new BreakingPort("StatusReporter.append", new IllegalStateException("oops"))
            .in(world.ports());

    TaskOutcome outcome = begin(runner(ports), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.backend.states(TASK)).endsWith(TaskState.DONE);
  }

  @Test
  void aTaskUsesAllOfThem() throws Exception {
    var ports = new BreakingPort("none", new IllegalStateException()).in(world.ports());

    TaskOutcome outcome = begin(runner(ports), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
  }

  @ParameterizedTest
  @CsvSource({
    "TaskSource.application,      FETCH,   INVALID_TASK",
    "Repository.checkOut,         CLONE,   UNAVAILABLE",
    "Repository.checkOut,         CLONE,   UNAUTHORIZED",
    "WorkingCopy.apply,           DEVELOP, CONFLICT",
    "CommandRunner.run,           DEVELOP, COMMAND_FAILED",
    "WorkingCopy.stage,           DEVELOP, DENIED",
    "ProjectSettings.read,        TEST,    INVALID_PLAN",
    "StagedChange.commit,         COMMIT,  UNAVAILABLE",
    "LocalCommit.push,            PUSH,    UNAVAILABLE",
    "LocalCommit.push,            PUSH,    PUSH_REJECTED",
  })
  void endsWithTheKindOfAFailure(String method, Stage stage, FailureKind kind) throws Exception {
    var failure = new PortException(kind, "could not go on: it is broken");

    TaskOutcome outcome = begin(runner(breaking(method, failure)), TASK).outcome();

    assertThat(outcome)
        .isInstanceOf(kind.retryable() ? TaskOutcome.Unavailable.class : TaskOutcome.Failed.class);
    assertToldAtLast(stage, kind, "could not go on: it is broken");
  }

  @ParameterizedTest
  @CsvSource({
    "TaskSource.application,      FETCH",
    "Repository.checkOut,         CLONE",
    "WorkingCopy.apply,           DEVELOP",
    "CommandRunner.run,           DEVELOP",
    "WorkingCopy.stage,           DEVELOP",
    "ProjectSettings.read, TEST",
    "TestDetection.detect,        TEST",
    "StagedChange.commit,         COMMIT",
    "LocalCommit.push,            PUSH",
  })
  void survivesADefect(String method, Stage stage) throws Exception {
    var defect = new IllegalStateException("oops");

    TaskOutcome outcome = begin(runner(breaking(method, defect)), TASK).outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    assertToldAtLast(
        stage,
        FailureKind.INTERNAL,
        "internal error of the avatar: java.lang.IllegalStateException: oops");
  }

  @ParameterizedTest
  @CsvSource({"TaskSource.task", "StatusReporter.report"})
  void throwsADefectThatComesBeforeTheClaim(String method) throws Exception {
    var defect = new IllegalStateException("oops");
    TaskRunner runner = runner(breaking(method, defect));

    assertThatThrownBy(() -> runner.run(TASK)).isSameAs(defect);

    assertThat(world.backend.events(TASK)).isEmpty();
    assertThat(world.filesLeft()).isEmpty();
  }

  private Ports breaking(String method, RuntimeException failure) {
    return new BreakingPort(method, failure).in(world.ports());
  }

  private TaskRunner runner(Ports ports) {
    return world.runner(ports, RunListener.NONE);
  }

  private void assertToldAtLast(Stage stage, FailureKind kind, String message) {
    List<StatusUpdate> updates = world.backend.updates(TASK);
    StatusUpdate last = updates.get(updates.size() - 1);
    Failure failure = last.failure().orElseThrow();
    assertThat(last.state()).isEqualTo(TaskState.FAILED);
    assertThat(world.backend.states(TASK)).containsOnlyOnce(TaskState.FAILED);
    assertThat(failure.stage()).isEqualTo(stage);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.message()).contains(message);
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(folder.resolve("workspace").resolve("T-1")).satisfies(this::holdsNothing);
  }

  private void holdsNothing(Path workspace) throws Exception {
    if (Files.exists(workspace)) {
      assertThat(workspace).isEmptyDirectory();
    }
  }
}
