package io.numa.avatar.worker;

import static io.numa.avatar.run.RunWorld.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.OtherPorts;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunWorld;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When a slot is free for one more task. */
@Timeout(120)
class AvatarWorkerSlotsTest {
  private static final Duration MOMENT = Duration.ofMillis(20);

  /** How many finished tasks may wait until the backend accepts their reports. */
  private static final int MAX_UNREPORTED = 32;

  @TempDir Path folder;
  private RunWorld world;
  private final DeafToLastWords deaf = new DeafToLastWords();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
  }

  @Test
  void takesNoTaskOnAFullDisk() throws Exception {
    world.addTask(task(1), "build");
    world.backend.announce(task(1));
    var settings = settings(new DiskFloor(Long.MAX_VALUE, List.of(folder)));

    try (AvatarWorker worker = start(settings, world.backend)) {
      assertThat(worker.awaitStop(Duration.ofMillis(300))).isFalse();

      assertThat(world.backend.calls(Call.POLL)).isZero();
      assertThat(world.backend.calls(Call.TASK)).isZero();
      assertThat(world.commands.executed()).isEmpty();
    }
  }

  @Test
  void goesOnWhileFinishedTasksWaitForASickBackend() throws Exception {
    int more = MAX_UNREPORTED + 4;
    IntStream.rangeClosed(1, more)
        .forEach(
            number -> {
              world.addTask(task(number), "build", "" + number);
              world.backend.announce(task(number));
            });

    try (AvatarWorker worker = start(settings(DiskFloor.NONE), deaf)) {
      assertThat(deaf.waiting.tryAcquire(MAX_UNREPORTED + 1, SOON.toSeconds(), TimeUnit.SECONDS))
          .as("so many are finished and wait")
          .isTrue();

      assertThat(deaf.waiting.tryAcquire(300, TimeUnit.MILLISECONDS))
          .as("no more than that")
          .isFalse();
      assertThat(world.commands.executed()).hasSize(MAX_UNREPORTED + 1);
      deaf.hears.release(more);
      for (int number = 1; number <= more; number++) {
        world.backend.awaitState(task(number), TaskState.DONE, SOON);
      }
      assertThat(worker.state()).isEqualTo(WorkerState.RUNNING);
    }
    assertThat(world.commands.executed()).doesNotHaveDuplicates().hasSize(more);
  }

  private static TaskId task(int number) {
    return new TaskId("t" + number);
  }

  private static WorkerSettings settings(DiskFloor floor) {
    return new WorkerSettings("tasks", 1, MOMENT, MOMENT, OptionalInt.empty(), floor);
  }

  private AvatarWorker start(WorkerSettings settings, StatusReporter reporter) {
    Ports all = world.ports();
    var journal = new InMemoryJournal();
    var ports = OtherPorts.reporter(all, reporter).withJournal(journal);
    var worker =
        new AvatarWorker(
            settings, world.backend, world.runner(ports, RunListener.NONE), journal, world.clock);
    worker.start();
    return worker;
  }

  /** A connection to the backend that delays a last status until the test releases it. */
  private final class DeafToLastWords implements StatusReporter {
    private final Semaphore waiting = new Semaphore(0);
    private final Semaphore hears = new Semaphore(0);

    @Override
    public Optional<Lease> report(Attempt attempt, StatusUpdate update)
        throws InterruptedException {
      if (update.finishedAt().isPresent()) {
        waiting.release();
        if (!hears.tryAcquire(SOON.toSeconds() * 3, TimeUnit.SECONDS)) {
          throw new PortException(FailureKind.UNAVAILABLE, "could not report: it hears nothing");
        }
      }
      return world.backend.report(attempt, update);
    }

    @Override
    public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
      world.backend.append(attempt, chunk);
    }
  }
}
