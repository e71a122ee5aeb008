package io.numa.avatar.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What happens when the server goes away, and when it comes back. */
@Execution(ExecutionMode.CONCURRENT)
class NatsRestartTest {
  private static final TaskId TASK = new TaskId("7");
  private static final Set<String> PLANS = Set.of("plan");
  private static final Duration SOON = Duration.ofSeconds(20);

  @RegisterExtension final NatsServerExtension nats = new NatsServerExtension();
  private NatsWorld world;

  @BeforeEach
  void start() throws Exception {
    world = new NatsWorld(nats.url());
  }

  @AfterEach
  void stop() throws Exception {
    if (world != null) {
      world.close();
    }
  }

  private TaskQueue queue(String avatar) {
    return world.queue(new AvatarId(avatar));
  }

  private Delivery claimed(String avatar) throws Exception {
    Delivery delivery = queue(avatar).take(PLANS, SOON).orElseThrow();
    delivery.claim().take(AttemptId.random());
    return delivery;
  }

  /**
   * A server that crashed may have lost how often it had delivered the task. Then its next delivery
   * looks like a late one, and the one after that does not.
   */
  private Delivery claimedAtLast(String avatar) throws Exception {
    try {
      return claimed(avatar);
    } catch (TaskTakenException e) {
      return claimed(avatar);
    }
  }

  private interface Work<T> {
    T work() throws Exception;
  }

  private static <T> FutureTask<T> meanwhile(Work<T> work) {
    var task = new FutureTask<>(work::work);
    new Thread(task, "meanwhile").start();
    return task;
  }

  @Test
  void takesATaskThatIsPublishedAfterTheServerWasStartedAgain() throws Exception {
    TaskQueue queue = queue("one");
    FutureTask<Optional<Delivery>> taken =
        meanwhile(() -> queue.take(Set.of("plan", "prose"), SOON));
    world.awaitWaiting("prose", 1);

    nats.server().kill();
    nats.server().start();
    world.publish(TASK, "prose");

    assertThat(taken.get()).map(delivery -> delivery.message().task()).contains(TASK);
  }

  @Test
  void renewsAndSettlesWhileTheServerStarts() throws Exception {
    world.publish(TASK, "plan");
    Delivery delivery = claimed("one");

    nats.server().stop();
    FutureTask<Duration> renewed = meanwhile(() -> delivery.claim().renew().duration());
    nats.server().start();
    assertThat(renewed.get()).isEqualTo(NatsWorld.LEASE);
    delivery.settle();

    assertThat(queue("other").take(PLANS, NatsWorld.LEASE.plusMillis(500))).isEmpty();
  }

  @Test
  void failsRetryablyWhileTheServerIsAway() throws Exception {
    world.publish(TASK, "plan");
    TaskQueue queue = queue("one");
    Delivery delivery = queue.take(PLANS, SOON).orElseThrow();
    delivery.claim().take(AttemptId.random());

    nats.server().stop();
    var renewal = catchThrowableOfType(PortException.class, delivery.claim()::renew);
    var take = catchThrowableOfType(PortException.class, () -> queue.take(PLANS, SOON));

    assertThat(renewal.retryable()).isTrue();
    assertThat(renewal).hasMessageStartingWith("could not renew the claim of the task: ");
    assertThat(take.retryable()).isTrue();
    nats.server().start();
    delivery.settle();
    assertThat(queue.take(PLANS, Duration.ofMillis(100))).isEmpty();
  }

  @Test
  void failsRetryablyWhereThereIsNoServer() throws Exception {
    nats.server().stop();
    try (var queue = new NatsQueue(world.settings(), TimeSource.SYSTEM)) {
      var failure = catchThrowableOfType(PortException.class, () -> queue.take(PLANS, SOON));

      assertThat(failure.retryable()).isTrue();
      assertThat(failure).hasMessageContaining(nats.url().toString());
      nats.server().start();
      assertThat(queue.take(PLANS, Duration.ofMillis(100))).isEmpty();
    }
  }

  @Test
  void fencesOffALateDeliveryAfterACrashOfTheServer() throws Exception {
    world.publish(TASK, "plan");
    Delivery late = claimed("one");
    nats.server().kill();
    nats.server().start();
    Delivery newer = claimedAtLast("other");

    late.giveBack(Duration.ZERO);
    late.bury("no reason");

    assertThatExceptionOfType(TaskTakenException.class).isThrownBy(late.claim()::renew);
    assertThatExceptionOfType(TaskTakenException.class).isThrownBy(late::settle);
    assertThat(world.deadLetters()).isZero();
    newer.claim().confirm();
    newer.settle();
  }
}
