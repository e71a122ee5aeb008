package io.numa.avatar.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StreamConfiguration;
import io.numa.avatar.port.PortException;
import io.numa.avatar.testkit.queue.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueCheckTest {
  private static final Set<String> PLANS = Set.of("plan");
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  @TempDir private Path folder;
  private NatsServer server;
  private NatsWorld world;

  @BeforeEach
  void start() throws Exception {
    server = Programs.server(folder);
    world = new NatsWorld(server.url());
  }

  @AfterEach
  void stop() throws Exception {
    if (world != null) {
      world.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void namesWhatIsMissingAndMakesNothing() throws Exception {
    QueueCheck.Result result = QueueCheck.look(world.settings());

    assertThat(result.differing()).isEmpty();
    assertThat(result.missing())
        .containsExactly(
            "stream KV_numa_claims does not exist",
            "stream NUMA_DEAD does not exist",
            "stream NUMA_TASKS does not exist");
    assertThat(world.management().getStreamNames()).isEmpty();
  }

  @Test
  void isSatisfiedWithWhatTheQueueMakes() throws Exception {
    world.queue(world.settings()).take(Set.of("plan", "prose"), AT_ONCE);

    QueueCheck.Result result = QueueCheck.look(world.settings());

    assertThat(result.differing()).isEmpty();
    assertThat(result.missing()).isEmpty();
  }

  @Test
  void namesTheFieldOfAConsumerThatDiffers() throws Exception {
    world.queue(world.settings()).take(PLANS, AT_ONCE);
    var other = world.settings().withAckWait(Duration.ofSeconds(90)).withRoutes(PLANS);
    String consumer = "avatars-" + other.topic() + "-plan";
    String text = "ack_wait of consumer " + consumer + " is PT2S, but should be PT1M30S";

    assertThat(QueueCheck.look(other).differing()).containsExactly(text);
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

    assertThat(QueueCheck.look(world.settings().withRoutes(PLANS)).differing())
        .anyMatch(text -> text.startsWith("retention of stream NUMA_TASKS is limits"))
        .anyMatch(text -> text.startsWith("max_msgs_per_subject of stream NUMA_TASKS is -1"))
        .anyMatch(text -> text.contains("discard_new_per_subject of stream NUMA_TASKS is false"))
        .anyMatch(text -> text.contains("filter_subject of consumer avatars-"))
        .anyMatch(text -> text.contains("max_ack_pending of consumer avatars-"));
  }
}
