package io.numa.avatar.nats.settings;

import io.numa.avatar.task.AvatarId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a queue is and what this avatar takes from it.
 *
 * @param urls {@code nats://host:port} or {@code tls://host:port}, one for each server; an avatar
 *     connects to no other server. One {@code tls} URL makes all of them use TLS.
 * @param login how to log in
 * @param caFile certificate authorities in PEM that are trusted in addition to Java's; empty for
 *     Java's alone
 * @param topic the first part of a task's place in the queue
 * @param routes the routes that this avatar takes tasks of
 * @param stream the name of the stream of tasks
 * @param consumer the beginning of the consumers' names
 * @param ackWait the lease: how long a task stays with an avatar that does not renew it
 * @param replicas on how many servers what is made is kept: 1, 3 or 5
 * @param backend the name of the backend that tasks belong to; publishers and avatars agree on it
 * @param avatar the id of this avatar
 */
public record NatsSettings(
    List<URI> urls,
    NatsLogin login,
    Optional<Path> caFile,
    String topic,
    Set<String> routes,
    String stream,
    String consumer,
    Duration ackWait,
    int replicas,
    String backend,
    AvatarId avatar) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  /**
   * @throws IllegalArgumentException if a URL is no plain one of NATS, or a name has other
   *     characters than letters, digits, '-' and '_'
   */
  public NatsSettings {
    urls = List.copyOf(urls);
    routes = Set.copyOf(routes);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("the queue has no URL");
    }
    urls.forEach(NatsSettings::requirePlain);
    requireName("queue.topic", topic);
    routes.forEach(route -> requireName("a route of queue.routes", route));
    requireName("queue.stream", stream);
    requireName("queue.consumer", consumer);
    if (ackWait.isNegative() || ackWait.isZero()) {
      throw new IllegalArgumentException("queue.ack_wait must be more than 0");
    }
    if (backend.isBlank()) {
      throw new IllegalArgumentException("queue.backend must not be blank");
    }
  }

  /** Settings without a login, for the routes {@code plan} and {@code prose}, with defaults. */
  public static NatsSettings of(URI url, String backend, AvatarId avatar) {
    return new NatsSettings(
        List.of(url),
        new NatsLogin.None(),
        Optional.empty(),
        "tasks",
        Set.of("plan", "prose"),
        "NUMA_TASKS",
        "avatars",
        Duration.ofSeconds(60),
        1,
        backend,
        avatar);
  }

  public NatsSettings withUrls(List<URI> newUrls) {
    return new NatsSettings(
        newUrls, login, caFile, topic, routes, stream, consumer, ackWait, replicas, backend,
        avatar);
  }

  public NatsSettings withLogin(NatsLogin newLogin) {
    return new NatsSettings(
        urls, newLogin, caFile, topic, routes, stream, consumer, ackWait, replicas, backend,
        avatar);
  }

  public NatsSettings withCaFile(Path newCaFile) {
    return new NatsSettings(
        urls,
        login,
        Optional.of(newCaFile),
        topic,
        routes,
        stream,
        consumer,
        ackWait,
        replicas,
        backend,
        avatar);
  }

  public NatsSettings withTopic(String newTopic) {
    return new NatsSettings(
        urls, login, caFile, newTopic, routes, stream, consumer, ackWait, replicas, backend,
        avatar);
  }

  public NatsSettings withRoutes(Set<String> newRoutes) {
    return new NatsSettings(
        urls, login, caFile, topic, newRoutes, stream, consumer, ackWait, replicas, backend,
        avatar);
  }

  /**
   * Settings with other names of the stream and of the consumers.
   *
   * @param newConsumer the beginning of the consumers' names
   */
  public NatsSettings withNames(String newStream, String newConsumer) {
    return new NatsSettings(
        urls,
        login,
        caFile,
        topic,
        routes,
        newStream,
        newConsumer,
        ackWait,
        replicas,
        backend,
        avatar);
  }

  public NatsSettings withAckWait(Duration newAckWait) {
    return new NatsSettings(
        urls,
        login,
        caFile,
        topic,
        routes,
        stream,
        consumer,
        newAckWait,
        replicas,
        backend,
        avatar);
  }

  public NatsSettings withReplicas(int newReplicas) {
    return new NatsSettings(
        urls,
        login,
        caFile,
        topic,
        routes,
        stream,
        consumer,
        ackWait,
        newReplicas,
        backend,
        avatar);
  }

  public NatsSettings withBackend(String newBackend) {
    return new NatsSettings(
        urls,
        login,
        caFile,
        topic,
        routes,
        stream,
        consumer,
        ackWait,
        replicas,
        newBackend,
        avatar);
  }

  public NatsSettings withAvatar(AvatarId newAvatar) {
    return new NatsSettings(
        urls, login, caFile, topic, routes, stream, consumer, ackWait, replicas, backend,
        newAvatar);
  }

  /** Whether connections use TLS. */
  public boolean secure() {
    return urls.stream().anyMatch(url -> "tls".equalsIgnoreCase(url.getScheme()));
  }

  private static void requirePlain(URI url) {
    boolean nats = "nats".equalsIgnoreCase(url.getScheme());
    boolean tls = "tls".equalsIgnoreCase(url.getScheme());
    if (!(nats || tls) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "the queue's URL must be like nats://host:port or tls://host:port");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "the queue's URL carries a user name, password or token; put them into files");
    }
  }

  private static void requireName(String what, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what + " must have 1 to 100 letters, digits, '-' or '_', but is '" + value + "'");
    }
  }
}
