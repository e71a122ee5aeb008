package io.numa.avatar.worker;

import static io.numa.avatar.run.RunWorld.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Retry;
import io.numa.avatar.operation.RunState;
import io.numa.avatar.operation.Waiting;
import io.numa.avatar.operation.Waiting.Kind;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.OutageException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.run.Lasting;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunWorld;
import io.numa.avatar.run.guard.DiskFloor;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TopicId;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what an operator can tell a worker, and what it tells the operator. */
class AvatarWorkerOperatorTest {
  private static final TaskId A = new TaskId("a");
  private static final TaskId B = new TaskId("b");
  private static final Duration MOMENT = Duration.ofMillis(20);

  @TempDir Path folder;
  private final Journal journal = Lasting.journal();
  private RunWorld world;
  private AvatarWorker worker;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    worker = worker(DiskFloor.NONE);
  }

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void takesNoTaskWhileItIsPausedAndTheRunningOneContinues() throws Exception {
    Held a = hold(A);
    worker.start();
    assertThat(a.awaitStart(SOON)).isTrue();

    worker.pause();
    announce(B);
    a.release(0);
    awaitState(A, TaskState.DONE);

    assertThat(worker.runState()).isEqualTo(RunState.PAUSED);
    assertThat(kinds(worker.why())).contains(Kind.PAUSED);
    assertThat(kinds(worker.unready())).containsExactly(Kind.PAUSED);
    assertThat(world.backend.events(B)).isEmpty();
    worker.resume();
    awaitState(B, TaskState.DONE);
    assertThat(worker.runState()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void staysPausedAfterARestart() throws Exception {
    journal.pause(Instant.EPOCH);
    announce(A);

    worker.start();
    awaitPaused();
    assertThat(world.backend.calls(Call.TASK)).isZero();

    worker.resume();
    awaitState(A, TaskState.DONE);
    assertThat(journal.pausedSince()).isEmpty();
  }

  @Test
  void reportsWhatAPreviousProcessDidWhileItIsPaused() throws Exception {
    leaveDoneUnreported(A);
    journal.pause(Instant.EPOCH);
    announce(B);

    worker.start();
    awaitState(A, TaskState.DONE);

    assertThat(worker.runState()).isEqualTo(RunState.PAUSED);
    assertThat(world.backend.events(B)).isEmpty();
    worker.resume();
    awaitState(B, TaskState.DONE);
  }

  @Test
  void reportsWhatAPreviousProcessDidWithoutDiskSpace() throws Exception {
    leaveDoneUnreported(A);
    worker = worker(new DiskFloor(Long.MAX_VALUE, List.of(folder)));
    announce(B);

    worker.start();

    awaitState(A, TaskState.DONE);
    assertThat(world.backend.events(B)).isEmpty();
  }

  @Test
  void repeatsNoInterruptedTaskWhileItIsPaused() throws Exception {
    Held a = hold(A);
    worker.start();
    assertThat(a.awaitStart(SOON)).isTrue();
    worker.close();
    a.release(0);
    journal.pause(Instant.EPOCH);
    int calls = world.backend.calls(Call.TASK);

    worker = worker(DiskFloor.NONE);
    worker.start();
    awaitPaused();

    assertThat(world.backend.calls(Call.TASK)).isEqualTo(calls);
    worker.resume();
    awaitState(A, TaskState.DONE);
  }

  @Test
  void takesNoTaskThatWaitedForASlotWhenItIsPaused() throws Exception {
    Held a = hold(A);
    announce(B);
    worker.start();
    assertThat(a.awaitStart(SOON)).isTrue();
    awaitWhy(Kind.NO_SLOT);

    worker.pause();
    a.release(0);
    awaitState(A, TaskState.DONE);
    awaitPaused();

    assertThat(world.backend.events(B)).isEmpty();
  }

  @Test
  void cancelsARunningTask() throws Exception {
    Held a = hold(A);
    worker.start();
    assertThat(a.awaitStart(SOON)).isTrue();

    assertThat(worker.cancel(A)).isTrue();

    awaitState(A, TaskState.CANCELLED);
    assertThat(last(A).message()).isEqualTo("cancelled by the operator");
    announce(B);
    awaitState(B, TaskState.DONE);
    assertThat(journal.isCancelled(A)).isFalse();
    assertThat(worker.cancel(A)).isFalse();
    assertThat(journal.isCancelled(A)).isFalse();
  }

  @Test
  void cancelsATaskThatWaitsForASlotAtOnce() throws Exception {
    Held a = hold(A);
    announce(B);
    worker.start();
    assertThat(a.awaitStart(SOON)).isTrue();
    awaitWhy(Kind.NO_SLOT);

    assertThat(worker.cancel(B)).isTrue();

    awaitState(B, TaskState.CANCELLED);
    assertThat(last(B).message()).isEqualTo("cancelled by the operator");
    assertThat(world.commands.executed()).containsExactly("build a");
    a.release(0);
    awaitState(A, TaskState.DONE);
  }

  @Test
  void cancelsAfterARestartWhatItWasToldToCancelBefore() throws Exception {
    announce(A);
    journal.cancel(A);

    worker.start();

    awaitState(A, TaskState.CANCELLED);
    assertThat(world.commands.executed()).isEmpty();
  }

  @Test
  void knowsNoTaskToCancelThatItDoesNotHave() {
    worker.start();

    assertThat(worker.cancel(new TaskId("other"))).isFalse();
    assertThat(journal.isCancelled(new TaskId("other"))).isFalse();
  }

  @Test
  void triesAFailedTaskAgain() throws Exception {
    world.commands.otherwise((command, output) -> new CommandResult.Exited(1, Duration.ZERO));
    announce(A);
    worker.start();
    awaitState(A, TaskState.FAILED);
    awaitEnd();
    world.commands.otherwise((command, output) -> new CommandResult.Exited(0, Duration.ZERO));

    assertThat(worker.retry(A)).isEqualTo(Retry.BEGUN);

    awaitState(A, TaskState.DONE);
    assertThat(journal.record(A).orElseThrow().attempts()).hasSize(2);
  }

  @Test
  void triesNoTaskAgainThatHasNotFailed() throws Exception {
    announce(A);
    worker.start();
    awaitState(A, TaskState.DONE);
    awaitEnd();

    assertThat(worker.retry(A)).isEqualTo(Retry.refused("its status is DONE, not FAILED"));
    assertThat(worker.retry(new TaskId("other")).refusal()).isPresent();
  }

  @Test
  void triesNoTaskAgainThatAnotherAvatarHas() throws Exception {
    world.addTask(A, "build", "a");
    world.backend.addTask(world.backend.task(A).withState(TaskState.FAILED));
    world.backend.giveTo(new AvatarId("other"), A);
    worker.start();

    assertThat(worker.retry(A).refusal()).isPresent();
    assertThat(world.commands.executed()).isEmpty();
    assertThat(journal.record(A)).isEmpty();
  }

  @Test
  void triesNoTaskAgainWithoutASlot() throws Exception {
    Held a = hold(A);
    worker.start();
    assertThat(a.awaitStart(SOON)).isTrue();

    assertThat(worker.retry(B)).isEqualTo(Retry.refused("a task is running"));
    worker.drain();
    assertThat(worker.retry(B)).isEqualTo(Retry.refused("the avatar takes no more tasks"));
    a.release(0);
  }

  @Test
  void saysThatThereIsNothingToDo() throws Exception {
    worker.start();
    world.backend.awaitCalls(2, Call.POLL, SOON);

    assertThat(kinds(worker.why())).containsExactly(Kind.NO_MESSAGE);
    assertThat(worker.unready()).isEmpty();
    assertThat(worker.stuck()).isEmpty();
    assertThat(worker.backend().last()).isPresent();
    assertThat(worker.startedAt()).isPresent();
  }

  /** The first poll tries for a while before it fails. */
  @Test
  void saysThatTheBackendWasNotReachedYet() {
    worker.close();
    worker = worker(new Silent(), DiskFloor.NONE);
    worker.start();

    assertThat(kinds(worker.why())).containsExactly(Kind.BACKEND_AWAY);
  }

  /** Gives no answer until the caller gives up. */
  private static final class Silent implements MessageSource {
    @Override
    public TopicId topic(String name) throws InterruptedException {
      new CountDownLatch(1).await();
      return new TopicId(name);
    }

    @Override
    public List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait) {
      return List.of();
    }
  }

  @Test
  void saysSinceWhenTheBackendIsAway() throws Exception {
    var events = new OperationEvents();
    worker.tell(events);
    Instant until = Instant.parse("2025-08-03T11:00:00Z");
    try (var watcher = events.subscribe().orElseThrow()) {
      world.backend.failAlways(
          Call.POLL, new OutageException("calls are off", null, Optional.of(until)));
      worker.start();

      assertThat(watcher.take(SOON)).contains(new OperationEvent.Changed());
    }
    assertThat(worker.why())
        .contains(
            new Waiting(
                Kind.BREAKER_OPEN,
                "calls are off",
                Optional.of(world.clock.instant()),
                Optional.of(until)));
  }

  @Test
  void isNotReadyWithoutDiskSpace() throws Exception {
    worker.close();
    worker = worker(new DiskFloor(Long.MAX_VALUE, List.of(folder)));

    worker.start();

    assertThat(kinds(worker.unready())).contains(Kind.DISK);
    assertThat(kinds(worker.why())).contains(Kind.DISK);
  }

  @Test
  void namesAPollingThreadThatMakesNoProgress() {
    var watch = new WorkerWatch(TaskOrigin.BACKEND, world.clock);
    watch.busy();
    assertThat(watch.stuckSince()).isEmpty();

    world.clock.advance(WorkerWatch.LONGEST_STEP.plusSeconds(1));

    assertThat(watch.stuckSince()).isPresent();
    watch.idle();
    assertThat(watch.stuckSince()).isEmpty();
  }

  @Test
  void aPollingThreadThatWaitsForASlotIsNotStuck() throws Exception {
    Held a = hold(A);
    announce(B);
    worker.start();
    assertThat(a.awaitStart(SOON)).isTrue();
    awaitWhy(Kind.NO_SLOT);

    world.clock.advance(Duration.ofDays(1));

    assertThat(worker.stuck()).isEmpty();
    a.release(0);
  }

  private AvatarWorker worker(DiskFloor floor) {
    return worker(world.backend, floor);
  }

  private AvatarWorker worker(MessageSource messages, DiskFloor floor) {
    var settings = new WorkerSettings("tasks", 1, MOMENT, MOMENT, OptionalInt.empty(), floor);
    return new AvatarWorker(
        settings,
        messages,
        world.runner(world.ports().withJournal(journal), RunListener.NONE),
        journal,
        world.clock);
  }

  /** Has a process end that has done a task, and could not tell the backend. */
  private void leaveDoneUnreported(TaskId task) throws Exception {
    Held held = hold(task);
    worker.start();
    assertThat(held.awaitStart(SOON)).isTrue();
    world.backend.failAlways(Call.REPORT, new PortException(FailureKind.UNAVAILABLE, "away"));
    held.release(0);
    await(() -> journal.find(task).filter(JournaledAttempt::ended).isPresent());
    worker.close();
    world.backend.recover();
    assertThat(journal.find(task)).isPresent();
    worker = worker(DiskFloor.NONE);
  }

  private Held hold(TaskId task) {
    Held held = world.commands.hold("build " + task, "");
    announce(task);
    return held;
  }

  private void announce(TaskId task) {
    world.addTask(task, "build", task.value());
    world.backend.announce(task);
  }

  private void awaitState(TaskId task, TaskState state)
      throws InterruptedException, TimeoutException {
    world.backend.awaitState(task, state, SOON);
  }

  private StatusUpdate last(TaskId task) {
    List<StatusUpdate> all = world.backend.updates(task);
    return all.get(all.size() - 1);
  }

  private void awaitPaused() {
    await(() -> worker.runState() == RunState.PAUSED);
  }

  private void awaitEnd() {
    await(() -> worker.endedTasks() == 1);
  }

  private void awaitWhy(Kind kind) {
    await(() -> kinds(worker.why()).contains(kind));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + SOON.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static List<Kind> kinds(List<Waiting> reasons) {
    return reasons.stream().map(Waiting::kind).toList();
  }
}
