package io.numa.avatar.nats;

import static io.nats.client.api.DiscardPolicy.New;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import io.numa.avatar.nats.QueueCheck.Content;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.junit.NatsServerExtension;
import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueCheckTest {
  private static final Set<String> PLANS = Set.of("plan");
  private static final Duration AT_ONCE = Duration.ofMillis(100);

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

  @Test
  void namesWhatIsMissingAndMakesNothing() throws Exception {
    QueueCheck.Result result = QueueCheck.look(world.settings(), Content.IDS);

    assertThat(result.differing()).isEmpty();
    assertThat(result.missing())
        .containsExactly(
            "stream KV_numa_claims does not exist; the avatar makes it",
            "stream NUMA_DEAD does not exist; the avatar makes it",
            "stream NUMA_TASKS does not exist; the avatar makes it",
            "stream KV_numa_bridged does not exist; 'avatar bridge' makes it, where one is used");
    assertThat(QueueCheck.look(world.settings(), Content.WHOLE).missing())
        .contains(
            "stream NUMA_REPORTS does not exist; the avatar makes it",
            "stream NUMA_CONTROL does not exist; the avatar makes it")
        .noneMatch(text -> text.contains("bridge"));
    assertThat(world.management().getStreamNames()).isEmpty();
  }

  @Test
  void isSatisfiedWithWhatTheQueueMakes() throws Exception {
    world.queue(world.settings()).take(Set.of("plan", "prose"), AT_ONCE);

    QueueCheck.Result result = QueueCheck.look(world.settings(), Content.IDS);

    assertThat(result.differing()).isEmpty();
    assertThat(result.missing()).singleElement(STRING).contains("KV_numa_bridged");
  }

  @Test
  void isSatisfiedWithWhatBridgesAndAvatarsOfWholeTasksMake() throws Exception {
    var task = new TaskId("t1");
    try (var bridge = new NatsBridge(world.settings());
        var reports = new NatsReports(world.settings())) {
      bridge.find(task);
      reports.cancel(task);
    }

    for (Content content : Content.values()) {
      QueueCheck.Result result = QueueCheck.look(world.settings().withRoutes(Set.of()), content);

      assertThat(result.differing()).isEmpty();
      assertThat(result.missing()).isEmpty();
    }
  }

  @Test
  void namesTheFieldsOfReportsOrdersAndBridgesThatDiffer() throws Exception {
    add("NUMA_REPORTS", builder -> builder.subjects("numa.status.>").maxMessagesPerSubject(1));
    add("NUMA_CONTROL", builder -> builder.subjects("numa.control.>").discardPolicy(New));
    add("KV_numa_bridged", builder -> builder.subjects("$KV.numa_bridged.>"));

    assertThat(QueueCheck.look(world.settings(), Content.WHOLE).differing())
        .containsExactlyInAnyOrder(
            "subjects of stream NUMA_REPORTS is [numa.status.>], but should be [numa.status.>,"
                + " numa.logs.>]",
            "max_msgs_per_subject of stream NUMA_REPORTS is 1, but should be -1",
            "discard of stream NUMA_CONTROL is new, but should be old");
    assertThat(QueueCheck.look(world.settings(), Content.IDS).differing())
        .containsExactlyInAnyOrder(
            "discard of stream KV_numa_bridged is old, but should be new",
            "max_msgs_per_subject of stream KV_numa_bridged is -1, but should be 1");
  }

  private void add(String name, UnaryOperator<StreamConfiguration.Builder> settings)
      throws Exception {
    var builder = StreamConfiguration.builder().name(name);
    world.management().addStream(settings.apply(builder).build());
  }

  @Test
  void namesTheFieldOfAConsumerThatDiffers() throws Exception {
    world.queue(world.settings()).take(PLANS, AT_ONCE);
    var other = world.settings().withAckWait(Duration.ofSeconds(90)).withRoutes(PLANS);
    String consumer = "avatars-" + other.topic() + "-plan";
    String text = "ack_wait of consumer " + consumer + " is 2s, but should be 90s";

    assertThat(QueueCheck.look(other, Content.IDS).differing()).containsExactly(text);
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> world.queue(other).take(PLANS, AT_ONCE))
        .withMessageContaining(text)
        .satisfies(failure -> assertThat(failure.retryable()).isFalse());
    assertThat(
            world
                .management()
                .getConsumerInfo("NUMA_TASKS", consumer)
                .getConsumerConfiguration()
                .getAckWait())
        .isEqualTo(NatsWorld.LEASE);
  }

  @Test
  void namesTheFieldsOfAStreamThatDiffers() throws Exception {
    var management = world.management();
    management.addStream(
        StreamConfiguration.builder()
            .name("NUMA_TASKS")
            .subjects("numa.tasks.>")
            .retentionPolicy(RetentionPolicy.Limits)
            .build());
    management.addOrUpdateConsumer(
        "NUMA_TASKS",
        ConsumerConfiguration.builder()
            .durable("avatars-" + world.settings().topic() + "-plan")
            .filterSubject("numa.tasks.>")
            .build());

    assertThat(QueueCheck.look(world.settings().withRoutes(PLANS), Content.IDS).differing())
        .anyMatch(text -> text.startsWith("retention of stream NUMA_TASKS is limits"))
        .anyMatch(text -> text.startsWith("max_msgs_per_subject of stream NUMA_TASKS is -1"))
        .anyMatch(text -> text.contains("discard_new_per_subject of stream NUMA_TASKS is false"))
        .anyMatch(text -> text.contains("filter_subject of consumer avatars-"))
        .anyMatch(text -> text.contains("max_ack_pending of consumer avatars-"));
  }
}
