package io.numa.avatar.operation;

import static io.numa.avatar.run.RunWorld.SECRET;
import static io.numa.avatar.run.RunWorld.SOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskDescription;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.RunWorld;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.run.history.TaskFiles;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageTime;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import io.numa.avatar.worker.AvatarWorker;
import io.numa.avatar.worker.WorkerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what an operator sees of a whole avatar, running and not running. */
class OverviewTest {
  private static final TaskId A = new TaskId("a");
  private static final AvatarStatus.Identity AVATAR =
      new AvatarStatus.Identity("me", "tasks", "1", Optional.empty(), "process", List.of());

  @TempDir Path folder;
  private final InMemoryJournal journal = new InMemoryJournal();
  private RunWorld world;
  private AvatarWorker worker;
  private TaskFiles files;
  private Overview running;
  private Overview stored;

  @BeforeEach
  void assemble() {
    world = new RunWorld(folder);
    RunSettings settings = world.settings();
    files = new TaskFiles(settings.logs(), settings.workspace().toAbsolutePath());
    var stories = new TaskStories(journal, files, settings.redactor());
    var live = new LiveTasks(world.clock, settings, new OperationEvents());
    Ports ports = world.ports().withJournal(journal);
    worker = worker(world.runner(ports, live));
    var disks = new DiskFloor(1, List.of(folder));
    running =
        new RunningOverview(
            () -> AVATAR,
            worker,
            live,
            stories,
            new RunningOverview.Machine(disks, ports.repository()));
    stored = new StoredOverview(AVATAR, 1, stories, disks);
  }

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void showsWhatATaskDoesWhileItRuns() throws Exception {
    Held held = world.commands.hold("build a", "compiling " + SECRET + "\n");
    begin();
    assertThat(held.awaitStart(SOON)).isTrue();

    AvatarStatus status = running.status();

    assertThat(status.state()).isEqualTo(RunState.RUNNING);
    assertThat(status.why()).extracting(Waiting::kind).contains(Waiting.Kind.NO_SLOT);
    assertThat(status.disks()).hasSize(1).allMatch(disk -> disk.free() > 0);
    RunningTask task = status.running().get(0);
    assertThat(task.task()).isEqualTo(A);
    assertThat(task.number()).isEqualTo(1);
    assertThat(task.stage()).isEqualTo(Stage.DEVELOP);
    assertThat(running.task(A).flatMap(TaskStory::running).map(RunningTask::attempt))
        .contains(task.attempt());
    assertThat(running.change(A).orElseThrow()).contains("a.txt", "+done");
    assertThat(running.health().lives()).isTrue();
    held.release(0);
  }

  @Test
  void tellsTheStoryOfAFailedTask() throws Exception {
    world.commands.otherwise(
        (command, output) -> {
          byte[] said = ("no such " + SECRET + "\n").getBytes(UTF_8);
          output.write(said, 0, said.length);
          return new CommandResult.Exited(2, Duration.ZERO);
        });
    begin();
    await(() -> !journal.ended(1).isEmpty());

    for (Overview each : List.of(running, stored)) {
      TaskLine line = each.tasks(TaskQuery.ALL).tasks().get(0);
      assertThat(line.outcome()).isEqualTo(OutcomeWord.FAILED);
      TaskStory story = each.task(A).orElseThrow();
      assertThat(story.line()).isEqualTo(line);
      assertThat(story.description().map(TaskDescription::plan).orElseThrow())
          .isEqualTo("1. write a.txt\n2. run build a");
      AttemptStory attempt = story.attempts().get(0);
      assertThat(attempt.outcome()).isEqualTo(OutcomeWord.FAILED);
      assertThat(attempt.stages())
          .extracting(StageTime::stage)
          .containsExactly(Stage.FETCH, Stage.PLAN, Stage.CLONE, Stage.DEVELOP);
      assertThat(attempt.failure().map(Failure::kind)).contains(FailureKind.COMMAND_FAILED);
      LogPart log = each.log(A, Optional.empty(), 0, 1 << 20).orElseThrow();
      assertThat(log.text()).contains("| no such ***").doesNotContain(SECRET);
      assertThat(log.size()).isEqualTo(attempt.logSize()).isEqualTo(log.next());
      assertThat(log.open()).isFalse();
      assertThat(each.log(A, Optional.empty(), log.next(), 99).orElseThrow().text()).isEmpty();
      assertThat(each.change(A)).isEmpty();
    }
  }

  @Test
  void showsAKeptPatchWithoutItsSecretsAndCutsItOff() throws Exception {
    begin();
    await(() -> !journal.ended(1).isEmpty());
    Path patch = files.patch(A, journal.record(A).orElseThrow().attempts().get(0).attempt()).path();
    Files.writeString(patch, "+" + SECRET + "\n" + "x".repeat(TaskStories.MAX_CHANGE));

    assertThat(stored.change(A).orElseThrow())
        .startsWith("+***\nxx")
        .doesNotContain(SECRET)
        .endsWith("bytes are left out here]\n");
  }

  @Test
  void knowsNothingOfATaskThatTheJournalDoesNotHave() {
    assertThat(stored.task(A)).isEmpty();
    assertThat(stored.log(A, Optional.empty(), 0, 9)).isEmpty();
    assertThat(stored.change(A)).isEmpty();
    assertThatThrownBy(() -> stored.log(A, Optional.empty(), -1, 9))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysThatNoAvatarRunsAndThatItIsPaused() throws IOException {
    journal.pause(world.clock.instant());

    AvatarStatus status = stored.status();

    assertThat(status.state()).isEqualTo(RunState.NOT_RUNNING);
    assertThat(status.why())
        .extracting(Waiting::kind)
        .containsExactly(Waiting.Kind.NOT_RUNNING, Waiting.Kind.PAUSED);
    assertThat(stored.health().ready()).isFalse();
  }

  private AvatarWorker worker(TaskRunner runner) {
    Duration moment = Duration.ofMillis(20);
    var settings =
        new WorkerSettings("tasks", 1, moment, moment, OptionalInt.empty(), DiskFloor.NONE);
    return new AvatarWorker(settings, world.backend, runner, journal, world.clock);
  }

  private void begin() {
    world.addTask(A, "build", "a");
    world.backend.announce(A);
    worker.start();
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
