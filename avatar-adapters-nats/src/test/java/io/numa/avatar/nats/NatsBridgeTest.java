package io.numa.avatar.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.port.queue.BridgedQueue.Place;
import io.numa.avatar.port.queue.BridgedTask;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests what bridges share on a real server. */
class NatsBridgeTest {
  private static final TaskId TASK = new TaskId("任务 7/a b");
  private static final AvatarId AVATAR = new AvatarId("one");

  @RegisterExtension static final NatsServerExtension NATS = new NatsServerExtension();
  private NatsWorld world;
  private NatsBridge one;
  private NatsBridge other;

  @BeforeEach
  void begin() throws Exception {
    world = new NatsWorld(NATS.url());
    one = new NatsBridge(world.settings());
    other = new NatsBridge(world.settings());
  }

  @AfterEach
  void end() throws Exception {
    one.close();
    other.close();
    world.close();
  }

  private Delivery taken() throws InterruptedException {
    return world.queue(AVATAR).take(Set.of("plan"), Duration.ofSeconds(20)).orElseThrow();
  }

  @Test
  void letsOneOfTwoBridgesRememberATask() throws Exception {
    assertThat(one.find(TASK)).isEmpty();
    var first = new BridgedTask(TaskState.TODO, 1, Instant.EPOCH, 0);

    assertThat(one.write(TASK, first)).isTrue();
    assertThat(other.write(TASK, first)).isFalse();

    BridgedTask found = other.find(TASK).orElseThrow();
    assertThat(found.state()).isEqualTo(TaskState.TODO);
    assertThat(found.round()).isEqualTo(1);
    assertThat(found.since()).isAfter(Instant.EPOCH);
    assertThat(one.write(TASK, found.in(TaskState.DONE))).isTrue();
    assertThat(other.write(TASK, found.nextRound())).isFalse();
    assertThat(other.find(TASK)).map(BridgedTask::state).contains(TaskState.DONE);
  }

  @Test
  void publishesARoundOnce() throws Exception {
    assertThat(one.publish(TASK, "plan", 1)).isTrue();
    assertThat(other.publish(TASK, "plan", 1)).isFalse();
    Delivery delivery = taken();
    assertThat(delivery.message().task()).isEqualTo(TASK);
    delivery.claim().take(AttemptId.random());
    assertThat(other.publish(TASK, "plan", 2)).isFalse(); // it is in the queue
    delivery.settle();

    assertThat(other.publish(TASK, "plan", 1)).isFalse();
    assertThat(other.publish(TASK, "plan", 2)).isTrue();
  }

  @Test
  void findsATaskThatWaitsIsWorkedOnAndHasEnded() throws Exception {
    Instant before = Instant.EPOCH;
    assertThat(one.place(TASK, before)).isEqualTo(Place.GONE);
    one.publish(TASK, "plan", 1);
    assertThat(one.place(TASK, before)).isEqualTo(Place.QUEUED);
    Delivery delivery = taken();
    assertThat(one.place(TASK, before)).isEqualTo(Place.QUEUED);
    delivery.settle();
    assertThat(one.place(TASK, before)).isEqualTo(Place.GONE);
  }

  @Test
  void findsATaskAmongTheDeadLetters() throws Exception {
    one.publish(TASK, "plan", 1);
    taken().bury("it is of no use");

    assertThat(one.place(TASK, Instant.EPOCH)).isEqualTo(Place.BURIED);
    assertThat(one.place(TASK, Instant.parse("2999-01-01T00:00:00Z"))).isEqualTo(Place.GONE);
  }
}
