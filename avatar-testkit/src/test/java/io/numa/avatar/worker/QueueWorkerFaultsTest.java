package io.numa.avatar.worker;

import static io.numa.avatar.run.RunWorld.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.QueuedMessage;
import io.numa.avatar.port.queue.TaskClaim;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests what becomes of a task from a queue when something fails between its take and its end. */
class QueueWorkerFaultsTest extends QueueWorkers {
  private static final Duration NEARLY = LEASE.multipliedBy(5).dividedBy(6);

  /** Its work is done: another avatar would do it once more. */
  @Test
  void keepATaskThroughARestartWhoseLastReportWaits() throws Exception {
    var journal = new InMemoryJournal();
    endWhileTheBackendIsAway(journal);
    queue.pass(NEARLY);

    start(ONE, 1, journal);
    world.backend.awaitCalls(world.backend.calls(Call.TASK) + 1, Call.TASK, SOON);
    queue.pass(NEARLY);

    assertThat(queue.of(OTHER).take(ROUTES, Duration.ofMillis(200))).isEmpty();
    world.backend.recover();
    for (int tries = 0; tries < 100 && !queue.isSettled(A); tries++) {
      world.clock.advance(Duration.ofSeconds(5));
      queue.await(now -> now.isSettled(A), Duration.ofMillis(100));
    }
    awaitSettled(A);
    assertThat(world.backend.states(A)).endsWith(TaskState.FAILED);
    assertThat(world.commands.executed()).containsExactly("build a");
  }

  private void endWhileTheBackendIsAway(InMemoryJournal journal) throws Exception {
    Held a = world.commands.hold("build a", "");
    var reporting = new CountDownLatch(1);
    listener =
        new RunListener() {
          @Override
          public void reporting(TaskId task, TaskOutcome outcome) {
            reporting.countDown();
          }
        };
    publish(A);
    AvatarWorker first = start(ONE, 1, journal);
    assertThat(a.awaitStart(SOON)).isTrue();
    for (Call call : List.of(Call.TASK, Call.REPORT, Call.RENEW, Call.APPEND)) {
      world.backend.failAlways(call, away());
    }
    a.release(1);
    assertThat(reporting.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    first.close();
  }

  @Test
  void goOnWithATaskThatIsDeliveredOnceMoreAfterItsLastClaim() throws Exception {
    Held a = world.commands.hold("build a", "");
    publish(A);
    start(
        ONE, 2, new InMemoryJournal(), new QueueSettings(ROUTES, 1, Duration.ZERO, 8), it -> true);
    assertThat(a.awaitStart(SOON)).isTrue();

    queue.pass(LEASE.plusSeconds(1));
    publish(B);
    awaitSettled(B);

    assertThat(queue.deadReason(A)).isEmpty();
    a.release(0);
    awaitSettled(A);
    assertThat(world.shop.branches()).contains("dev-a");
  }

  @Test
  void reportAnApplicationThatIsInvalid() throws Exception {
    publish(A);
    world.backend.failAlways(
        Call.APPLICATION, new PortException(FailureKind.INVALID_TASK, "it has no repository"));

    start(ONE, 1);

    world.backend.awaitState(A, TaskState.FAILED, SOON);
    awaitSettled(A);
  }

  @Test
  void holdNoTaskAfterAnInternalError() throws Exception {
    publish(A);
    listener =
        new RunListener() {
          @Override
          public void ended(TaskId task, TaskOutcome outcome) {
            throw new IllegalStateException("thrown by a test");
          }
        };

    start(ONE, 1);
    world.backend.awaitState(A, TaskState.DONE, SOON);

    for (int tries = 0; tries < 200 && held.find(A).isPresent(); tries++) {
      Thread.sleep(20);
    }
    assertThat(held.find(A)).isEmpty();
  }

  @Test
  void giveATaskBackThatWasTakenWhileTheWorkerWasDrained() throws Exception {
    publish(A);
    var drained = new CountDownLatch(1);
    AvatarWorker worker =
        start(
            new Interrupted(queue.of(ONE), drained),
            1,
            new InMemoryJournal(),
            SETTINGS,
            it -> true);
    assertThat(drained.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

    assertThat(worker.awaitStop(SOON)).isTrue();
    queue.pass(Duration.ofSeconds(5));

    assertThat(queue.of(OTHER).take(ROUTES, Duration.ofMillis(200))).isPresent();
  }

  /** The claims of its deliveries cannot be read, as the thread is interrupted. */
  private record Interrupted(TaskQueue real, CountDownLatch drained) implements TaskQueue {
    @Override
    public Optional<Delivery> take(Set<String> routes, Duration wait) throws InterruptedException {
      return real.take(routes, wait).map(delivery -> new InterruptedDelivery(delivery, drained));
    }

    @Override
    public Delivery resume(TaskId task) {
      return real.resume(task);
    }
  }

  private record InterruptedDelivery(Delivery real, CountDownLatch drained) implements Delivery {
    @Override
    public QueuedMessage message() {
      return real.message();
    }

    @Override
    public TaskClaim claim() {
      drained.countDown();
      Thread.currentThread().interrupt();
      return real.claim();
    }

    @Override
    public void settle() throws InterruptedException {
      real.settle();
    }

    @Override
    public void giveBack(Duration delay) throws InterruptedException {
      real.giveBack(delay);
    }

    @Override
    public void bury(String reason) throws InterruptedException {
      real.bury(reason);
    }
  }
}
