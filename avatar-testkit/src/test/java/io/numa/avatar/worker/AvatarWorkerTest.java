package io.numa.avatar.worker;

import static io.numa.avatar.run.RunWorld.SOON;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.OtherPorts;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunWorld;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AvatarWorkerTest {
  private static final TaskId A = new TaskId("a");
  private static final TaskId B = new TaskId("b");
  private static final TaskId C = new TaskId("c");
  private static final Duration MOMENT = Duration.ofMillis(20);

  @TempDir Path folder;
  private RunWorld world;
  private final List<AvatarWorker> workers = new ArrayList<>();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
  }

  @AfterEach
  void close() {
    workers.forEach(AvatarWorker::close);
  }

  @Test
  void carriesOutWhatIsAnnounced() throws Exception {
    announce(A);
    start(1);

    awaitDone(A);
    announce(B);
    awaitDone(B);

    assertThat(world.shop.branches()).containsExactly("dev-a", "dev-b", "main");
  }

  @Test
  void runsNoMoreTasksAtOnceThanItMay() throws Exception {
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var pair = new CyclicBarrier(2);
    world.commands.otherwise(
        (command, output) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          meet(pair);
          running.decrementAndGet();
          return new CommandResult.Exited(0, Duration.ZERO);
        });
    List<TaskId> tasks = List.of(A, B, C, new TaskId("d"), new TaskId("e"), new TaskId("f"));
    for (TaskId task : tasks) {
      announce(task);
    }

    start(2);

    for (TaskId task : tasks) {
      awaitDone(task);
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void looksAtNoTaskBeforeThereIsASlotForIt() throws Exception {
    List<String> story = new CopyOnWriteArrayList<>();
    Held a = world.commands.hold("build a", "");
    for (TaskId task : List.of(A, B)) {
      announce(task);
    }
    start(
        settings(1, OptionalInt.empty()),
        new FetchingSource() {
          @Override
          Task fetched(Task task) {
            story.add("fetched " + task.id());
            return task;
          }
        },
        new RunListener() {
          @Override
          public void entered(TaskId task, Stage stage) {
            if (stage == Stage.PUSH) {
              story.add("pushing " + task);
            }
          }
        });
    assertThat(a.awaitStart(SOON)).isTrue();

    a.release(0);

    awaitDone(B);
    assertThat(story).startsWith("fetched a", "pushing a", "fetched b");
  }

  @Test
  void carriesOutATaskOnceHoweverOftenItIsShown() throws Exception {
    world.backend.plain();
    announce(A);
    start(2);
    awaitDone(A);

    awaitMorePolls();

    assertThat(world.backend.calls(Call.TASK)).isOne();
    assertThat(world.commands.executed()).containsExactly("build a");
  }

  @Test
  void carriesOutATaskOnceThatIsAnnouncedTwice() throws Exception {
    Held a = world.commands.hold("build a", "");
    announce(A);
    start(2);
    assertThat(a.awaitStart(SOON)).isTrue();

    world.backend.announce(A);
    announce(B);

    awaitDone(B);
    a.release(0);
    awaitDone(A);
    assertThat(world.backend.calls(Call.TASK)).isEqualTo(2);
    assertThat(world.commands.executed()).containsExactly("build a", "build b");
  }

  @Test
  void skipsWhatItCannotRead() throws Exception {
    world.backend.announceUnreadably("it names no task");
    announce(A);

    start(1);

    awaitDone(A);
  }

  @Test
  void setsATaskAsideThatIsMissing() throws Exception {
    world.backend.announce(new TaskId("missing"));
    announce(A);
    AvatarWorker worker = start(1);

    awaitDone(A);
    world.clock.advance(Duration.ofHours(1));
    awaitMorePolls();

    assertThat(world.backend.calls(Call.TASK)).isEqualTo(2);
    assertThat(worker.state()).isEqualTo(WorkerState.RUNNING);
  }

  @Test
  void comesBackLaterToATaskThatItCouldNotFetch() throws Exception {
    world.backend.failNext(Call.TASK, unavailable());
    announce(A);
    announce(B);
    start(1);
    awaitDone(B);
    awaitMorePolls();
    assertThat(world.backend.calls(Call.TASK)).isEqualTo(2);

    world.clock.advance(Duration.ofSeconds(5));

    awaitDone(A);
    assertThat(world.backend.calls(Call.TASK)).isEqualTo(3);
  }

  @Test
  void comesBackLaterToATaskThatItCouldNotClaim() throws Exception {
    world.backend.failNext(Call.REPORT, unavailable());
    announce(A);
    announce(B);
    start(1);
    awaitDone(B);
    assertThat(world.backend.events(A)).isEmpty();

    world.clock.advance(Duration.ofSeconds(5));

    awaitDone(A);
  }

  /** Old logs once went only at the start and after a task. */
  @Test
  void tidiesUpEveryHourWhileItHasNothingToDo() throws Exception {
    start(1);
    awaitMorePolls();
    Path log = world.settings().logs().resolve("old/" + AttemptId.random() + ".log");
    Files.createDirectories(log.getParent());
    Files.setLastModifiedTime(Files.createFile(log), FileTime.from(Instant.EPOCH));
    awaitMorePolls();
    assertThat(log).exists();

    world.clock.advance(Duration.ofHours(1));
    awaitMorePolls();

    assertThat(log).doesNotExist();
  }

  @Test
  void stopsAfterSoManyEndedTasks() throws Exception {
    Held b = world.commands.hold("build b", "");
    b.release(1);
    world.addTask(C, "build", "c");
    world.backend.addUnfitTask(new TaskId("taken"), TaskState.IN_PROGRESS, "title: is missing");
    world.backend.announce(new TaskId("taken"));
    world.backend.announce(new TaskId("missing"));
    announce(A);
    announce(B);
    world.backend.announce(C);

    AvatarWorker worker = start(settings(2, OptionalInt.of(2)), world.backend, RunListener.NONE);

    assertThat(worker.awaitStop(SOON)).isTrue();
    assertThat(worker.endedTasks()).isEqualTo(2);
    assertThat(world.backend.states(A)).endsWith(TaskState.DONE);
    assertThat(world.backend.states(B)).endsWith(TaskState.FAILED);
    assertThat(world.backend.events(C)).isEmpty();
    assertThat(world.commands.executed()).containsExactlyInAnyOrder("build a", "build b");
  }

  @Test
  void letsRunningTasksEndWhenItIsDrained() throws Exception {
    Held a = world.commands.hold("build a", "");
    announce(A);
    AvatarWorker worker = start(1);
    assertThat(a.awaitStart(SOON)).isTrue();

    worker.drain();
    worker.drain();

    announce(B);
    assertThat(worker.state()).isEqualTo(WorkerState.DRAINING);
    assertThat(worker.awaitStop(MOMENT)).isFalse();
    a.release(0);
    assertThat(worker.awaitStop(SOON)).isTrue();
    assertThat(worker.state()).isEqualTo(WorkerState.STOPPED);
    assertThat(world.backend.states(A)).endsWith(TaskState.DONE);
    assertThat(world.backend.events(B)).isEmpty();
  }

  @Test
  void takesNoTaskThatWaitedForASlotWhenItIsDrained() throws Exception {
    Held a = world.commands.hold("build a", "");
    announce(A);
    announce(B);
    AvatarWorker worker = start(1);
    assertThat(a.awaitStart(SOON)).isTrue();

    worker.drain();
    a.release(0);

    assertThat(worker.awaitStop(SOON)).isTrue();
    assertThat(world.backend.states(A)).endsWith(TaskState.DONE);
    assertThat(world.backend.events(B)).isEmpty();
  }

  @Test
  void cancelsRunningTasksWhenItIsInterrupted() throws Exception {
    Held a = world.commands.hold("build a", "");
    Held b = world.commands.hold("build b", "");
    announce(A);
    announce(B);
    AvatarWorker worker = start(2);
    assertThat(a.awaitStart(SOON)).isTrue();
    assertThat(b.awaitStart(SOON)).isTrue();

    worker.interrupt();

    assertThat(worker.awaitStop(SOON)).isTrue();
    assertThat(world.backend.states(A)).endsWith(TaskState.CANCELLED);
    assertThat(world.backend.states(B)).endsWith(TaskState.CANCELLED);
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @ParameterizedTest
  @EnumSource(names = {"TOPIC", "POLL", "TASK", "REPORT"})
  void stopsWhenTheBackendRefusesIt(Call call) throws Exception {
    var refusal = new UnauthorizedException("could not call the backend: it refused the token");
    world.backend.failAlways(call, refusal);
    announce(A);

    AvatarWorker worker = start(1);

    assertThat(worker.awaitStop(SOON)).isTrue();
    assertThat(worker.refusal()).containsSame(refusal);
    assertThat(worker.endedTasks()).isZero();
  }

  @Test
  void stopsWhenTheBackendRefusesItsReportsAlone() throws Exception {
    world.backend.failAlways(
        Call.APPEND, new UnauthorizedException("could not send the log: the token was refused"));
    announce(A);

    AvatarWorker worker = start(1);

    assertThat(worker.awaitStop(SOON)).isTrue();
    assertThat(worker.refusal()).isPresent();
    assertThat(world.shop.branches()).contains("dev-a");
  }

  @Test
  void goesOnAfterAPollThatFailed() throws Exception {
    world.backend.failNext(Call.TOPIC, unavailable()).failNext(Call.POLL, unavailable());
    announce(A);

    AvatarWorker worker = start(1);

    awaitDone(A);
    assertThat(worker.refusal()).isEmpty();
  }

  @Test
  void goesOnAfterATaskThatThrewAnError() throws Exception {
    announce(A);
    announce(B);

    AvatarWorker worker =
        start(
            settings(1, OptionalInt.empty()),
            new FetchingSource() {
              @Override
              Task fetched(Task task) {
                if (task.id().equals(A)) {
                  throw new StackOverflowError("far too deep");
                }
                return task;
              }
            },
            RunListener.NONE);

    awaitDone(B);
    assertThat(worker.state()).isEqualTo(WorkerState.RUNNING);
    assertThat(world.backend.events(A)).isEmpty();
  }

  @Test
  void mayBeClosedTwice() throws Exception {
    AvatarWorker worker = start(1);

    worker.close();
    worker.close();

    assertThat(worker.state()).isEqualTo(WorkerState.STOPPED);
    assertThat(worker.awaitStop(Duration.ZERO)).isTrue();
  }

  @Test
  void mayBeClosedWithoutAStart() throws Exception {
    AvatarWorker worker = worker(settings(1, OptionalInt.empty()), world.backend, RunListener.NONE);

    worker.close();

    assertThat(worker.state()).isEqualTo(WorkerState.STOPPED);
    assertThat(worker.awaitStop(Duration.ZERO)).isTrue();
  }

  /** An operator can reach an avatar before its worker begins. */
  @Test
  void doesNotBeginWhenItWasDrainedBefore() throws Exception {
    announce(A);
    AvatarWorker worker = worker(settings(1, OptionalInt.empty()), world.backend, RunListener.NONE);
    worker.drain();

    worker.start();

    assertThat(worker.state()).isEqualTo(WorkerState.STOPPED);
    assertThat(worker.awaitStop(Duration.ZERO)).isTrue();
    assertThat(world.backend.calls(Call.POLL)).isZero();
  }

  @Test
  void startsOnce() {
    AvatarWorker worker = start(1);

    assertThatThrownBy(worker::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the worker was started before");
  }

  private AvatarWorker start(int concurrency) {
    return start(settings(concurrency, OptionalInt.empty()), world.backend, RunListener.NONE);
  }

  private AvatarWorker start(WorkerSettings settings, TaskSource source, RunListener listener) {
    AvatarWorker worker = worker(settings, source, listener);
    worker.start();
    return worker;
  }

  private AvatarWorker worker(WorkerSettings settings, TaskSource source, RunListener listener) {
    Ports all = world.ports();
    var journal = new InMemoryJournal();
    var ports = OtherPorts.tasks(all, source).withJournal(journal);
    var worker =
        new AvatarWorker(
            settings, world.backend, world.runner(ports, listener), journal, world.clock);
    workers.add(worker);
    return worker;
  }

  private static WorkerSettings settings(int concurrency, OptionalInt maxTasks) {
    return new WorkerSettings("tasks", concurrency, MOMENT, MOMENT, maxTasks, DiskFloor.NONE);
  }

  private void announce(TaskId task) {
    world.addTask(task, "build", task.value());
    world.backend.announce(task);
  }

  private void awaitDone(TaskId task) throws InterruptedException, TimeoutException {
    world.backend.awaitState(task, TaskState.DONE, SOON);
  }

  /** Waits for two polls that begin after this call. */
  private void awaitMorePolls() throws InterruptedException, TimeoutException {
    world.backend.awaitCalls(world.backend.calls(Call.POLL) + 2, Call.POLL, SOON);
  }

  private static PortException unavailable() {
    return new PortException(FailureKind.UNAVAILABLE, "could not reach the backend: it is off");
  }

  private static void meet(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await(SOON.toSeconds(), SECONDS);
    } catch (BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("no other task came", e);
    }
  }

  /** The backend as task source; {@link #fetched} may change each fetched task. */
  private abstract class FetchingSource implements TaskSource {
    abstract Task fetched(Task task);

    @Override
    public Task task(TaskId id) throws InterruptedException {
      return fetched(world.backend.task(id));
    }

    @Override
    public Application application(ApplicationId id) throws InterruptedException {
      return world.backend.application(id);
    }
  }
}
