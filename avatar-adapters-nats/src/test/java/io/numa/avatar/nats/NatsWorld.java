package io.numa.avatar.nats;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
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
  static final Duration LEASE = Duration.ofSeconds(1);

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
    this.operator = Nats.connect(server.toString());
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
    var queue = new NatsQueue(settings.withAvatar(avatar), TimeSource.SYSTEM);
    queues.add(queue);
    return queue;
  }

  @Override
  public boolean publish(TaskId task, String route) throws Exception {
    byte[] body = "{\"task_id\":1}".getBytes(UTF_8);
    return publisher.publish(task, route, body, UUID.randomUUID().toString());
  }

  @Override
  public void publishUnreadable(String route) throws Exception {
    String subject = "numa.tasks." + settings.topic() + "." + route + ".AAAA";
    operator.jetStream().publish(subject, "no JSON".getBytes(UTF_8));
  }

  @Override
  public Optional<String> deadReason(TaskId task) throws Exception {
    byte[] name = (settings.backend() + ":" + task).getBytes(UTF_8);
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    try {
      MessageInfo letter =
          operator
              .jetStreamManagement()
              .getLastMessage("NUMA_DEAD", "numa.dead." + settings.topic() + "." + key);
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
    return operator
        .jetStreamManagement()
        .getStreamInfo("NUMA_DEAD", subjects)
        .getStreamState()
        .getSubjects()
        .size();
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
