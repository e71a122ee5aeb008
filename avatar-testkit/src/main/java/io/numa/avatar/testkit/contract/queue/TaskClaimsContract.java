package io.numa.avatar.testkit.contract.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.AttemptId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The tests that a {@link TaskQueue} must pass: who may claim a task, and who loses it. */
public abstract class TaskClaimsContract extends TaskQueueContract {
  private final AttemptId first = AttemptId.random();
  private final AttemptId second = AttemptId.random();

  private Delivery claimed(TaskQueue queue, AttemptId attempt) throws Exception {
    Delivery delivery = taken(queue);
    delivery.claim().take(attempt);
    return delivery;
  }

  @Test
  void grantsALeaseWithoutAnEpoch() throws Exception {
    world().publish(TASK, "plan");

    var lease = taken(one()).claim().take(first);

    assertThat(lease.duration()).isEqualTo(world().lease());
    assertThat(lease.epoch()).isEmpty();
  }

  @Test
  void countsAClaimOnce() throws Exception {
    world().publish(TASK, "plan");
    Delivery delivery = claimed(one(), first);
    delivery.claim().take(first);

    assertThat(delivery.claim().count()).isEqualTo(1);
  }

  @Test
  void countsTheClaimsOfAllAvatars() throws Exception {
    world().publish(TASK, "plan");
    claimed(one(), first).claim().take(second);
    passLease();

    assertThat(taken(other()).claim().count()).isEqualTo(2);
  }

  /** A backend that is away when its avatars have claimed must not use up the claims. */
  @Test
  void countsNoClaimThatWasGivenBack() throws Exception {
    world().publish(TASK, "plan");
    claimed(one(), first).giveBack(Duration.ZERO);

    Delivery again = claimed(other(), second);

    assertThat(again.claim().count()).isEqualTo(1);
    again.claim().confirm();
  }

  @Test
  void tellsTheAttemptsBefore() throws Exception {
    world().publish(TASK, "plan");
    claimed(one(), first);
    passLease();
    Delivery delivery = taken(other());

    assertThat(delivery.claim().attempts()).containsExactly(first);
    delivery.claim().take(second);
    assertThat(delivery.claim().attempts()).containsExactly(first, second);
  }

  @Test
  void takesTheTaskFromAnAvatarWhoseLeaseIsOver() throws Exception {
    world().publish(TASK, "plan");
    Delivery late = claimed(one(), first);
    passLease();
    claimed(other(), second);

    assertThatExceptionOfType(TaskTakenException.class).isThrownBy(late.claim()::renew);
    assertThatExceptionOfType(TaskTakenException.class).isThrownBy(late.claim()::confirm);
    assertThatExceptionOfType(TaskTakenException.class).isThrownBy(() -> late.claim().take(first));
  }

  @Test
  void confirmsAClaim() throws Exception {
    world().publish(TASK, "plan");
    Delivery delivery = claimed(one(), first);

    delivery.claim().confirm();
    delivery.claim().renew();
    delivery.claim().confirm();
    delivery.settle();
    passLease();

    assertThat(other().take(PLANS, AT_ONCE)).isEmpty();
  }

  @Test
  void letsARestartedAvatarGoOn() throws Exception {
    world().publish(TASK, "plan");
    claimed(one(), first);

    Delivery resumed = one().resume(TASK);
    resumed.claim().take(second);
    world().pass(world().lease().dividedBy(2));
    resumed.claim().renew();
    world().pass(world().lease().multipliedBy(3).dividedBy(4));

    assertThat(other().take(PLANS, AT_ONCE)).isEmpty();
    assertThat(resumed.claim().count()).isEqualTo(2);
    resumed.settle();
    passLease();
    assertThat(other().take(PLANS, AT_ONCE)).isEmpty();
  }

  @Test
  void tellsARestartedAvatarThatAnotherHasItsTask() throws Exception {
    world().publish(TASK, "plan");
    claimed(one(), first);
    passLease();
    claimed(other(), second);

    Delivery resumed = one().resume(TASK);

    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> resumed.claim().take(first));
  }

  @Test
  void tellsARestartedAvatarThatAnotherHasEndedItsTask() throws Exception {
    world().publish(TASK, "plan");
    claimed(one(), first);
    passLease();
    claimed(other(), second).settle();

    Delivery resumed = one().resume(TASK);

    assertThatExceptionOfType(TaskTakenException.class)
        .isThrownBy(() -> resumed.claim().take(first));
  }

  @Test
  void letsARestartedAvatarClaimATaskThatWasNeverInTheQueue() throws Exception {
    Delivery resumed = one().resume(TASK);

    assertThat(resumed.claim().take(first).duration()).isGreaterThan(Duration.ZERO);
    resumed.claim().renew();
    resumed.claim().confirm();
    resumed.settle();
  }

  @Test
  void goesOnWithANewDeliveryOfItsOwnTask() throws Exception {
    world().publish(TASK, "plan");
    claimed(one(), first);
    passLease();
    Delivery again = claimed(one(), first);

    assertThat(again.claim().count()).isEqualTo(1);
    again.claim().confirm();
  }
}
