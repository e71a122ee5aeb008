package io.numa.avatar.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfoOptions;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.contract.queue.QueueWorld;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.TimeSource;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A topic of its own on a real server. */
final class NatsWorld implements QueueWorld {
  static final Duration LEASE = Duration.ofSeconds(2);

  /** The machine may have much else to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final JetStreamOptions LIMITS =
      JetStreamOptions.builder().requestTimeout(PATIENCE).build();

  private final NatsSettings settings;
  private final NatsPublisher publisher;
  private final Connection operator;
  private final List<NatsQueue> queues = new ArrayList<>();

  NatsWorld(URI server) throws Exception {
    String name = "t" + UUID.randomUUID().toString().substring(0, 8);
    this.settings =
        NatsSettings.of(server, name + ":8080", new AvatarId("operator"))
            .withTopic(name)
            .withAckWait(LEASE);
    this.publisher = new NatsPublisher(settings);
    var patient = Options.builder().server(server.toString()).connectionTimeout(PATIENCE).build();
    this.operator = Nats.connect(patient);
  }

  NatsQueue queue(NatsSettings other) {
    var queue = new NatsQueue(other, TimeSource.SYSTEM);
    queues.add(queue);
    return queue;
  }

  JetStreamManagement management() throws Exception {
    return operator.jetStreamManagement(LIMITS);
  }

  NatsPublisher publisher() {
    return publisher;
  }

  NatsSettings settings() {
    return settings;
  }

  @Override
  public Duration lease() {
    return LEASE;
  }

  @Override
  public TaskQueue queue(AvatarId avatar) {
    NatsQueue queue = queue(settings.withAvatar(avatar));
    connect(queue);
    return queue;
  }

  /** So that leases pass while a test looks at them, not while an avatar connects. */
  private static void connect(TaskQueue queue) {
    try {
      assertThat(queue.resume(new TaskId("none")).claim().count()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean publish(TaskId task, String route) throws Exception {
    byte[] body = "{\"task_id\":1}".getBytes(UTF_8);
    return publisher.publish(task, route, body, UUID.randomUUID().toString());
  }

  @Override
  public void publishUnreadable(String route) throws Exception {
    String subject = "numa.tasks." + settings.topic() + "." + route + ".AAAA";
    operator.jetStream(LIMITS).publish(subject, "no JSON".getBytes(UTF_8));
  }

  private String key(TaskId task) {
    byte[] name = (settings.backend() + ":" + task).getBytes(UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(name);
  }

  /** Writes what an avatar writes before it acknowledges a task's end. */
  void writeEndOfClaim(TaskId task) throws Exception {
    var claims = operator.keyValue("numa_claims");
    String held = claims.get(key(task)).getValueAsString();
    claims.put(key(task), held.replace("\"held\"", "\"ended\""));
  }

  @Override
  public Optional<String> deadReason(TaskId task) throws Exception {
    try {
      MessageInfo letter =
          management()
              .getLastMessage("NUMA_DEAD", "numa.dead." + settings.topic() + "." + key(task));
      return Optional.of(
          URLDecoder.decode(
              letter.getHeaders().getFirst("Numa-Reason").replace("+", "%2B"), UTF_8));
    } catch (JetStreamApiException e) {
      return Optional.empty();
    }
  }

  @Override
  public int deadLetters() throws Exception {
    var subjects = StreamInfoOptions.filterSubjects("numa.dead." + settings.topic() + ".>");
    return management().getStreamInfo("NUMA_DEAD", subjects).getStreamState().getSubjects().size();
  }

  /** Waits until so many requests wait for tasks of a route. */
  void awaitWaiting(String route, int requests) throws Exception {
    String consumer = "avatars-" + settings.topic() + "-" + route;
    await(() -> requests == waiting(consumer));
  }

  private long waiting(String consumer) throws Exception {
    try {
      return management().getConsumerInfo(settings.stream(), consumer).getNumWaiting();
    } catch (JetStreamApiException e) {
      return 0;
    }
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    for (int tries = 0; tries < 2000; tries++) {
      if (condition.holds()) {
        return;
      }
      Background.pause(Duration.ofMillis(10));
    }
    throw new AssertionError("it did not come about within 20 s");
  }

  @Override
  public void pass(Duration duration) throws Exception {
    Background.pause(duration);
  }

  @Override
  public void close() throws Exception {
    queues.forEach(NatsQueue::close);
    publisher.close();
    operator.close();
  }
}
