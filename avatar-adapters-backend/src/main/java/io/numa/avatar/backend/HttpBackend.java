package io.numa.avatar.backend;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.Dialect;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.topics.HttpMessageSource;
import io.numa.avatar.backend.internal.topics.HttpStatusReporter;
import io.numa.avatar.backend.internal.topics.HttpTaskSource;
import io.numa.avatar.backend.internal.v1.V1Backend;
import io.numa.avatar.backend.internal.v1.V1Calls;
import io.numa.avatar.backend.settings.BackendApi;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.run.InMemoryJournal;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * A Numa backend, over HTTP. The objects that it returns share its connections, and cannot be used
 * after {@link #close}. They speak the Web API that {@link BackendSettings#dialect} names, or the
 * one that the backend is found to have at the first call.
 *
 * <p>After a transient failure, every call except a renewal is retried, by {@link
 * BackendSettings#retries()}. Calls to endpoints that have failed too often fail at once, by {@link
 * BackendSettings#breaker()}.
 */
public final class HttpBackend implements AutoCloseable {
  private final BackendClient client;
  private final SpokenBackend ports;
  private final BackendProbe probe;

  /**
   * Prepares to call a backend; makes no connection yet. With the second dialect, a task that was
   * worked on is never announced again.
   */
  public HttpBackend(BackendSettings settings, Clock clock) {
    this(settings, clock, new InMemoryJournal());
  }

  /**
   * Prepares to call a backend; makes no connection yet.
   *
   * @param journal the journal of the avatar. The second dialect reads it to tell the rounds of
   *     tasks apart.
   */
  public HttpBackend(BackendSettings settings, Clock clock, Journal journal) {
    var endpoints = new Endpoints(settings.url());
    client = new BackendClient(settings, clock);
    var topics =
        new Dialect(
            new HttpMessageSource(client, endpoints, settings),
            new HttpTaskSource(client, endpoints, settings),
            new HttpStatusReporter(client, endpoints, settings));
    var v1 = V1Backend.dialect(client, new V1Calls(endpoints), settings, journal, clock);
    var detection =
        new DialectDetection(
            client,
            endpoints,
            settings.dialect(),
            Map.of(BackendApi.TOPICS, topics, BackendApi.V1, v1));
    ports = new SpokenBackend(detection);
    probe = new BackendProbe(client, endpoints, detection, clock);
  }

  public MessageSource messages() {
    return ports;
  }

  public TaskSource tasks() {
    return ports;
  }

  public StatusReporter statuses() {
    return ports;
  }

  /**
   * Sends another token from the next request on.
   *
   * @param token empty for none
   * @throws IllegalArgumentException if it cannot be sent in a header
   */
  public void use(Optional<Secret> token) {
    client.use(token);
  }

  public BackendProbe probe() {
    return probe;
  }

  /** Aborts running calls, and releases threads and connections. */
  @Override
  public void close() {
    client.close();
  }
}
