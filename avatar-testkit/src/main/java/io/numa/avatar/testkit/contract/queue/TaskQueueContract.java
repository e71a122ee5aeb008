package io.numa.avatar.testkit.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tests that a {@link TaskQueue} must pass: how it delivers tasks and how their deliveries end.
 * {@link TaskClaimsContract} has those of claims.
 */
public abstract class TaskQueueContract {
  static final AvatarId ONE = new AvatarId("one");
  static final AvatarId OTHER = new AvatarId("other");
  static final TaskId TASK = new TaskId("7");
  static final Set<String> PLANS = Set.of("plan");
  private static final Set<String> ALL = Set.of("plan", "prose");
  static final Duration AT_ONCE = Duration.ofMillis(200);
  static final Duration SOON = Duration.ofSeconds(20);

  private QueueWorld world;

  /** Creates an empty queue. */
  protected abstract QueueWorld createWorld() throws Exception;

  @BeforeEach
  void prepareWorld() throws Exception {
    world = createWorld();
  }

  @AfterEach
  void closeWorld() throws Exception {
    world.close();
  }

  final QueueWorld world() {
    return world;
  }

  final TaskQueue one() {
    return world.queue(ONE);
  }

  final TaskQueue other() {
    return world.queue(OTHER);
  }

  final Delivery taken(TaskQueue queue) throws InterruptedException {
    return queue.take(PLANS, SOON).orElseThrow();
  }

  final void passLease() throws Exception {
    world.pass(world.lease().plusMillis(500));
  }

  @Test
  void givesNothingWhenThereIsNothing() throws Exception {
    assertThat(one().take(ALL, AT_ONCE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "a task", "a/b", "任务 7", "x.y.*.>", "ä\"'\\"})
  void givesTheTaskThatWasPublished(String id) throws Exception {
    world.publish(new TaskId(id), "plan");

    Delivery delivery = taken(one());

    assertThat(delivery.message().task()).isEqualTo(new TaskId(id));
    assertThat(delivery.message().deliveries()).isEqualTo(1);
    assertThat(delivery.claim().count()).isZero();
  }

  @Test
  void givesTasksOfTheRoutesOnlyThatItIsAskedFor() throws Exception {
    world.publish(TASK, "prose");

    assertThat(one().take(PLANS, AT_ONCE)).isEmpty();
    assertThat(one().take(ALL, SOON)).map(delivery -> delivery.message().task()).contains(TASK);
  }

  @Test
  void givesATaskToOneAvatar() throws Exception {
    world.publish(TASK, "plan");
    taken(one());

    assertThat(other().take(PLANS, AT_ONCE)).isEmpty();
  }

  @Test
  void holdsATaskOnceWhileItWaits() throws Exception {
    assertThat(world.publish(TASK, "plan")).isTrue();
    assertThat(world.publish(TASK, "plan")).isFalse();
    taken(one()).settle();

    assertThat(one().take(PLANS, AT_ONCE)).isEmpty();
  }

  @Test
  void takesATaskAgainThatHasEnded() throws Exception {
    world.publish(TASK, "plan");
    Delivery first = taken(one());
    first.claim().take(AttemptId.random());
    first.settle();

    assertThat(world.publish(TASK, "plan")).isTrue();
    Delivery second = taken(other());
    second.claim().take(AttemptId.random());

    assertThat(second.claim().count()).isEqualTo(1);
  }

  @Test
  void givesATaskToAnotherWhenItsLeaseIsOver() throws Exception {
    world.publish(TASK, "plan");
    taken(one()).claim().take(AttemptId.random());
    passLease();

    assertThat(taken(other()).message().deliveries()).isEqualTo(2);
  }

  @Test
  void keepsATaskWithTheAvatarThatRenewsIt() throws Exception {
    world.publish(TASK, "plan");
    Delivery delivery = taken(one());
    delivery.claim().take(AttemptId.random());
    for (int third = 0; third < 4; third++) {
      world.pass(world.lease().dividedBy(3));
      delivery.claim().renew();
    }

    assertThat(other().take(PLANS, AT_ONCE)).isEmpty();
  }

  @Test
  void givesASettledTaskToNoOther() throws Exception {
    world.publish(TASK, "plan");
    Delivery delivery = taken(one());
    delivery.claim().take(AttemptId.random());
    delivery.settle();
    passLease();

    assertThat(other().take(PLANS, AT_ONCE)).isEmpty();
  }

  @Test
  void settlesATaskThatWasNotClaimed() throws Exception {
    world.publish(TASK, "plan");
    taken(one()).settle();
    passLease();

    assertThat(other().take(PLANS, AT_ONCE)).isEmpty();
  }

  @Test
  void givesAReturnedTaskAgainAfterTheDelay() throws Exception {
    world.publish(TASK, "plan");
    taken(one()).giveBack(Duration.ofSeconds(1));

    assertThat(other().take(PLANS, AT_ONCE)).isEmpty();
    world.pass(Duration.ofMillis(1200));
    Delivery again = taken(other());
    assertThat(again.message().deliveries()).isEqualTo(2);
    assertThat(again.claim().count()).isZero();
  }

  @Test
  void movesATaskToTheDeadLetters() throws Exception {
    world.publish(TASK, "plan");
    taken(one()).bury("it was claimed 5 times");
    passLease();

    assertThat(world.deadReason(TASK)).contains("it was claimed 5 times");
    assertThat(other().take(PLANS, AT_ONCE)).isEmpty();
  }

  @Test
  void movesUnreadableMessagesToTheDeadLetters() throws Exception {
    world.publishUnreadable("plan");
    world.publish(TASK, "plan");

    assertThat(taken(one()).message().task()).isEqualTo(TASK);
    assertThat(world.deadLetters()).isEqualTo(1);
  }

  @Test
  void canBeInterruptedWhileItWaits() throws Exception {
    TaskQueue queue = one();
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> queue.take(PLANS, SOON));
  }

  @Test
  void doesNotReturnATaskThatAnotherHas() throws Exception {
    world.publish(TASK, "plan");
    Delivery late = taken(one());
    late.claim().take(AttemptId.random());
    passLease();
    taken(other()).claim().take(AttemptId.random());

    late.giveBack(Duration.ZERO);

    assertThat(world.queue(new AvatarId("third")).take(PLANS, AT_ONCE)).isEmpty();
  }

  @Test
  void doesNotSettleATaskThatAnotherHas() throws Exception {
    world.publish(TASK, "plan");
    Delivery late = taken(one());
    late.claim().take(AttemptId.random());
    passLease();
    Delivery newer = taken(other());
    newer.claim().take(AttemptId.random());

    assertThatExceptionOfType(TaskTakenException.class).isThrownBy(late::settle);
    newer.claim().renew();
  }
}
