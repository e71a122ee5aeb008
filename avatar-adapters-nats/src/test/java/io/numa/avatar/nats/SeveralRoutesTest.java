package io.numa.avatar.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Takes, publishes and messages beyond the contract of queues. */
@Execution(ExecutionMode.CONCURRENT)
class SeveralRoutesTest {
  private static final Set<String> ALL = Set.of("plan", "prose", "default");
  private static final Duration AT_ONCE = Duration.ofMillis(300);
  private static final Duration SOON = Duration.ofSeconds(20);

  @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();
  private NatsWorld world;

  @BeforeEach
  void createWorld() throws Exception {
    world = new NatsWorld(NATS.url());
  }

  @AfterEach
  void closeWorld() throws Exception {
    world.close();
  }

  private TaskQueue queue(String avatar) {
    return world.queue(new AvatarId(avatar));
  }

  /** Both are sent to the one who waits. A task that it kept would come when its lease is over. */
  @Test
  void keepsNoTaskOfAnotherRouteThanTheOneThatItTakes() throws Exception {
    TaskQueue queue = queue("one");
    for (int round = 0; round < 5; round++) {
      var first = new FutureTask<>(() -> queue.take(ALL, SOON));
      new Thread(first, "take").start();
      world.awaitWaiting("prose", 1);
      world.publish(new TaskId("plan " + round), "plan");
      world.publish(new TaskId("prose " + round), "prose");

      Set<String> taken = new HashSet<>();
      taken.add(ended(first.get()));
      taken.add(ended(queue.take(ALL, AT_ONCE)));

      assertThat(taken).containsExactlyInAnyOrder("plan " + round, "prose " + round);
    }
  }

  private static String ended(Optional<Delivery> delivery) throws InterruptedException {
    delivery.orElseThrow().settle();
    return delivery.get().message().task().value();
  }

  @Test
  void leavesNoRequestBehind() throws Exception {
    world.publish(new TaskId("7"), "plan");
    assertThat(queue("one").take(ALL, SOON)).isPresent();

    world.awaitWaiting("prose", 0);
    world.publish(new TaskId("8"), "prose");
    assertThat(queue("other").take(ALL, AT_ONCE)).isPresent();
  }

  @Test
  void leavesTasksOfAnotherBackendToOthers() throws Exception {
    var elsewhere = world.settings().withBackend("elsewhere");
    try (var publisher = new NatsPublisher(elsewhere)) {
      publisher.publish(new TaskId("7"), "plan", "{\"task_id\":7}".getBytes(UTF_8), "1");
    }

    assertThat(queue("one").take(Set.of("plan"), AT_ONCE)).isEmpty();
    assertThat(world.deadLetters()).isZero();
  }

  @Test
  void saysWhetherATaskWasAdded() throws Exception {
    byte[] body = "{\"task_id\":7}".getBytes(UTF_8);
    var task = new TaskId("7");

    assertThat(world.publisher().publish(task, "plan", body, "round 1")).isTrue();
    assertThat(world.publisher().publish(task, "plan", body, "round 1")).isFalse();
    assertThat(world.publisher().publish(task, "plan", body, "round 2")).isFalse();
    queue("one").take(Set.of("plan"), SOON).orElseThrow().settle();
    assertThat(world.publisher().publish(task, "plan", body, "round 1")).isFalse();
    assertThat(world.publisher().publish(task, "plan", body, "round 2")).isTrue();
  }

  @Test
  void keepsReasonsBeyondAscii() throws Exception {
    world.publish(new TaskId("任务"), "plan");
    queue("one").take(Set.of("plan"), SOON).orElseThrow().bury("100% 失败\nä");

    assertThat(world.deadReason(new TaskId("任务"))).contains("100% 失败 ä");
  }

  /** The end was written, but the engine was not told: the task must not be done again. */
  @Test
  void endsATaskWhoseEndWasNotAcknowledged() throws Exception {
    var task = new TaskId("7");
    world.publish(task, "plan");
    Delivery first = queue("one").take(Set.of("plan"), SOON).orElseThrow();
    first.claim().take(AttemptId.random());
    world.writeEndOfClaim(task);
    world.pass(NatsWorld.LEASE.plusMillis(300));

    Delivery again = queue("other").take(Set.of("plan"), SOON).orElseThrow();
    again.giveBack(Duration.ZERO);

    assertThat(queue("third").take(Set.of("plan"), AT_ONCE)).isEmpty();
    assertThat(world.publish(task, "plan")).isTrue();
  }
}
