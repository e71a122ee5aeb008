package io.numa.avatar.cli.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.backend.MessageDocuments;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.SteeringMessage;
import io.numa.avatar.testkit.contract.Samples;
import io.numa.avatar.testkit.contract.backend.RichTaskSourceContract;
import io.numa.avatar.testkit.fixture.BackendWorld;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WholeTaskSourceTest extends RichTaskSourceContract {
  @RegisterExtension
  static final NatsServerExtension NATS = new NatsServerExtension(WholeWorld.LOGIN);

  private final WholeWorld world = new WholeWorld(NATS.server());

  @AfterEach
  void close() {
    world.close();
  }

  @Override
  protected TaskSource source() {
    return world.source();
  }

  @Override
  protected BackendWorld world() {
    return world;
  }

  @Test
  void ordersHoldMessagesToTheAgentAndACancellationBetweenThemCounts() throws Exception {
    world.addTask(Samples.task("9"));
    TaskId task = new TaskId("9");
    SteeringMessage first = SteeringMessage.of("alice", "Take XML.");
    SteeringMessage second = SteeringMessage.of("bob", "No: 登录 🚀");

    world.reports().say(task, MessageDocuments.order(first));
    assertThat(source().task(task).options().messages()).containsExactly(first);
    assertThat(source().task(task).state()).isEqualTo(TaskState.TODO);

    world.reports().cancel(task);
    world.reports().say(task, MessageDocuments.order(second));
    world.reports().say(task, "{\"messages\":7}");
    assertThat(source().task(task).options().messages()).containsExactly(first, second);
    assertThat(source().task(task).state()).isEqualTo(TaskState.CANCELLED);
  }

  /** Of a task that was published again, earlier orders are over. */
  @Test
  void anEarlierRoundsMessagesAreOver() throws Exception {
    world.addTask(Samples.task("9"));
    TaskId task = new TaskId("9");
    world.reports().say(task, MessageDocuments.order(SteeringMessage.of("alice", "Take XML.")));
    world.settle(task);
    world.addTask(Samples.task("9"));
    SteeringMessage now = SteeringMessage.of("bob", "Take CSV.");
    world.reports().say(task, MessageDocuments.order(now));

    assertThat(source().task(task).options().messages()).containsExactly(now);
  }
}
