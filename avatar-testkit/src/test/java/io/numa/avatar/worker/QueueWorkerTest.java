package io.numa.avatar.worker;

import static io.numa.avatar.run.RunWorld.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.operation.Waiting;
import io.numa.avatar.operation.Waiting.Kind;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.run.InMemoryJournal;
import io.numa.avatar.run.Lasting;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend.Call;
import io.numa.avatar.testkit.ScriptedCommandRunner.Held;
import io.numa.avatar.testkit.fixture.TreeFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Tests workers that share a queue, before a backend that keeps no two avatars from a task. */
class QueueWorkerTest extends QueueWorkers {
  @Test
  void carryOutEachTaskOnce() throws Exception {
    List<TaskId> tasks = List.of(A, B, new TaskId("c"), new TaskId("d"), new TaskId("e"));
    tasks.forEach(this::publish);

    start(ONE, 2);
    start(OTHER, 2);

    for (TaskId task : tasks) {
      awaitSettled(task);
    }
    assertThat(world.commands.executed())
        .containsExactlyInAnyOrder("build a", "build b", "build c", "build d", "build e");
  }

  @Test
  void takeNoTaskWithoutASlotForIt() throws Exception {
    Held a = world.commands.hold("build a", "");
    publish(A);
    start(ONE, 1);
    assertThat(a.awaitStart(SOON)).isTrue();

    publish(B);

    Delivery free = queue.of(OTHER).take(ROUTES, SOON).orElseThrow();
    assertThat(free.message().task()).isEqualTo(B);
    a.release(0);
    awaitSettled(A);
  }

  @Test
  void leaveATaskToOthersWhoseRepositoryHasEnoughTasks() throws Exception {
    Held a = world.commands.hold("build a", "");
    publish(A);
    start(
        ONE, 2, new InMemoryJournal(), new QueueSettings(ROUTES, 5, Duration.ZERO, 1), it -> true);
    assertThat(a.awaitStart(SOON)).isTrue();

    publish(B);
    world.backend.awaitCalls(3, Call.TASK, SOON);
    assertThat(world.commands.executed()).containsExactly("build a");
    a.release(0);
    awaitSettled(A);
    queue.pass(LEASE);

    awaitSettled(B);
  }

  @Test
  void takeNothingFromARouteThatIsClosed() throws Exception {
    queue.publish(A, "prose");
    publish(B);

    start(ONE, SETTINGS, route -> !route.equals("prose"));

    awaitSettled(B);
    assertThat(queue.of(OTHER).take(ROUTES, SOON)).isPresent();
  }

  @Test
  void nameTheQueueAsWhatIsAway() {
    AvatarWorker waits =
        start(new Silent(queue.of(ONE)), 1, new InMemoryJournal(), SETTINGS, route -> true);
    queue.away(true);
    AvatarWorker fails = start(OTHER, 1);

    assertThat(waits.why())
        .containsExactly(Waiting.of(Kind.QUEUE_AWAY, "the queue was not reached yet"));
    assertThat(fails.why()).extracting(Waiting::kind).containsExactly(Kind.QUEUE_AWAY);
    assertThat(fails.unready()).extracting(Waiting::kind).contains(Kind.QUEUE_AWAY);
  }

  /** Gives no answer until the caller gives up. */
  private record Silent(TaskQueue queue) implements TaskQueue {
    @Override
    public Optional<Delivery> take(Set<String> routes, Duration wait) throws InterruptedException {
      new CountDownLatch(1).await();
      return Optional.empty();
    }

    @Override
    public Delivery resume(TaskId task) {
      return queue.resume(task);
    }
  }

  @Test
  void endATaskInTheQueueThatIsDoneAlready() throws Exception {
    publish(A);
    world.backend.cancel(A);

    start(ONE, 1);

    awaitSettled(A);
    assertThat(world.commands.executed()).isEmpty();
  }

  @Test
  void sendNoTaskToTheDeadLettersForAnOutageOfTheBackend() throws Exception {
    publish(A);
    world.backend.failAlways(Call.TASK, away());
    start(ONE, 1);
    for (int minute = 1; minute <= 10; minute++) {
      world.backend.awaitCalls(minute, Call.TASK, SOON);
      passUntilTaken(minute);
    }

    world.backend.recover();
    queue.pass(LEASE);

    awaitSettled(A);
    assertThat(world.backend.states(A)).endsWith(TaskState.DONE);
  }

  private void passUntilTaken(int calls) throws InterruptedException {
    for (int tries = 0; tries < 100 && world.backend.calls(Call.TASK) == calls; tries++) {
      queue.pass(LEASE);
      Thread.sleep(50);
    }
  }

  @Test
  void takeOverATaskWhoseAvatarIsGone() throws Exception {
    publish(A);
    claimed(A);
    world.backend.reporter(OTHER);
    queue.pass(LEASE.plusSeconds(1));

    start(ONE, 1);

    awaitSettled(A);
    assertThat(world.commands.executed()).containsExactly("build a");
  }

  /** To carry it out once more would find nothing to change. */
  @Test
  void deliverWhatAnAvatarHadPushedThatIsGone() throws Exception {
    publish(A);
    AttemptId gone = claimed(A);
    CommitId pushed =
        world.shop.commit(
            "dev-a",
            "Write a\n\nNuma-Task: a\nNuma-Attempt: " + gone + "\n",
            Map.of("a.txt", TreeFile.of("done\n")));
    queue.pass(LEASE.plusSeconds(1));

    start(ONE, 1);

    awaitSettled(A);
    assertThat(world.commands.executed()).isEmpty();
    assertThat(world.shop.headOf("dev-a")).contains(pushed);
    assertThat(world.backend.states(A)).endsWith(TaskState.DONE);
  }

  /** The attempt that follows on one of this avatar's own knows the other avatar's, too. */
  @Test
  void deliverWhatAnAvatarHadPushedThatIsGoneAlsoAfterARestart() throws Exception {
    Journal journal = Lasting.journal();
    publish(A);
    AttemptId gone = claimed(A);
    queue.pass(LEASE.plusSeconds(1));
    Held a = world.commands.hold("build a", "");
    AvatarWorker first = start(ONE, 1, journal);
    assertThat(a.awaitStart(SOON)).isTrue();
    first.close();
    CommitId pushed =
        world.shop.commit(
            "dev-a",
            "Write a\n\nNuma-Task: a\nNuma-Attempt: " + gone + "\n",
            Map.of("a.txt", TreeFile.of("done\n")));

    start(ONE, 1, journal);

    awaitSettled(A);
    assertThat(world.commands.executed()).containsExactly("build a");
    assertThat(world.shop.headOf("dev-a")).contains(pushed);
    assertThat(world.backend.states(A)).endsWith(TaskState.DONE);
  }

  @Test
  void pushNothingOnceAnotherAvatarHasTheTask() throws Exception {
    Held a = world.commands.hold("build a", "");
    publish(A);
    start(ONE, 1);
    assertThat(a.awaitStart(SOON)).isTrue();
    queue.pass(LEASE.plusSeconds(1));
    claimed(A);

    a.release(0);
    publish(B);

    awaitSettled(B);
    assertThat(world.shop.branches()).containsExactly("dev-b", "main");
    assertThat(queue.isSettled(A)).isFalse();
  }

  @Test
  void pushNothingThatWasCancelledMeanwhile() throws Exception {
    Held a = world.commands.hold("build a", "");
    publish(A);
    start(ONE, 1);
    assertThat(a.awaitStart(SOON)).isTrue();

    world.backend.cancel(A);
    a.release(0);

    awaitSettled(A);
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @Test
  void moveATaskToTheDeadLettersThatWasClaimedTooOften() throws Exception {
    publish(A);
    claimed(A);
    queue.pass(LEASE.plusSeconds(1));

    start(ONE, new QueueSettings(ROUTES, 1, Duration.ZERO, 8), route -> true);

    awaitDead(A, "it was claimed once, and did not end");
    assertThat(world.commands.executed()).isEmpty();
  }

  @Test
  void moveATaskToTheDeadLettersThatWaitedTooLong() throws Exception {
    publish(A);
    world.clock.advance(Duration.ofHours(2));

    start(ONE, new QueueSettings(ROUTES, 5, Duration.ofHours(1), 8), route -> true);

    awaitDead(A, "expired: it waited longer than 1 h 00 min");
  }

  @Test
  void moveATaskToTheDeadLettersThatDoesNotExist() throws Exception {
    queue.publish(A, "plan");

    start(ONE, 1);

    assertThat(queue.await(now -> now.deadReason(A).isPresent(), SOON)).isTrue();
    assertThat(queue.deadReason(A).orElseThrow()).contains("a");
  }

  @Test
  void goOnWhenTheEngineIsBack() throws Exception {
    queue.away(true);
    start(ONE, 1);
    publish(A);

    queue.away(false);

    awaitSettled(A);
  }

  @Test
  void goOnWithATaskOfTheirOwnAfterARestart() throws Exception {
    Journal journal = Lasting.journal();
    Held a = world.commands.hold("build a", "");
    publish(A);
    AvatarWorker first = start(ONE, 1, journal);
    assertThat(a.awaitStart(SOON)).isTrue();
    first.close();
    world.commands.answer("build a", 0, "");

    start(ONE, 1, journal);

    awaitSettled(A);
    assertThat(world.backend.states(A)).endsWith(TaskState.DONE);
  }
}
