package io.numa.avatar.backend;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.topics.HttpMessageSource;
import io.numa.avatar.backend.internal.topics.HttpStatusReporter;
import io.numa.avatar.backend.internal.topics.HttpTaskSource;
import io.numa.avatar.backend.settings.BackendSettings;
import java.time.Clock;

/**
 * A Numa backend, over HTTP. The objects that it returns share its connections, and cannot be used
 * after {@link #close}.
 *
 * <p>After a transient failure, every call except a renewal is retried, by {@link
 * BackendSettings#retries()}. Calls to endpoints that have failed too often fail at once, by {@link
 * BackendSettings#breaker()}.
 */
public final class HttpBackend implements AutoCloseable {
  private final BackendClient client;
  private final HttpMessageSource messages;
  private final HttpTaskSource tasks;
  private final HttpStatusReporter statuses;
  private final BackendProbe probe;

  /** Prepares to call the backend; makes no connection yet. */
  public HttpBackend(BackendSettings settings, Clock clock) {
    var endpoints = new Endpoints(settings.url());
    client = new BackendClient(settings, clock);
    messages = new HttpMessageSource(client, endpoints, settings);
    tasks = new HttpTaskSource(client, endpoints, settings);
    statuses = new HttpStatusReporter(client, endpoints, settings);
    probe = new BackendProbe(client, endpoints, messages, clock);
  }

  public HttpMessageSource messages() {
    return messages;
  }

  public HttpTaskSource tasks() {
    return tasks;
  }

  public HttpStatusReporter statuses() {
    return statuses;
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
