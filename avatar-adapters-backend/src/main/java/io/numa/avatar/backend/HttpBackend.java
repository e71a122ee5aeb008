package io.numa.avatar.backend;

import java.time.Clock;

/**
 * A Numa backend, over HTTP. What it gives shares its connections and ends with it.
 *
 * <p>Every call but a renewal is tried several times where that can help, by {@link
 * BackendSettings#retries()}; one to endpoints that have failed too often fails at once, by {@link
 * BackendSettings#breaker()}.
 */
public final class HttpBackend implements AutoCloseable {
  private final BackendClient client;
  private final HttpMessageSource messages;
  private final HttpTaskSource tasks;
  private final HttpStatusReporter statuses;
  private final BackendProbe probe;

  /** Makes ready to call the backend; connects to nothing yet. */
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

  /** Breaks off the calls that are under way, and gives back threads and connections. */
  @Override
  public void close() {
    client.close();
  }
}
