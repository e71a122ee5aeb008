package io.numa.avatar.backend;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.internal.topics.HttpMessageSource;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.TopicId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Checks whether a backend can be used. Comes from {@link HttpBackend}. */
public final class BackendProbe {
  private final BackendClient client;
  private final Endpoints endpoints;
  private final HttpMessageSource messages;
  private final Clock clock;

  BackendProbe(BackendClient client, Endpoints endpoints, HttpMessageSource messages, Clock clock) {
    this.client = client;
    this.endpoints = endpoints;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * Calls the backend, and finds the topic with the configured token.
   *
   * @throws PortException if the backend does not answer, refuses the token, or does not know the
   *     topic
   */
  public Health check(String topic) throws InterruptedException {
    Instant asked = clock.instant();
    HttpAnswer answer = client.ask("reach the backend", endpoints.docs());
    Instant middle = asked.plus(Duration.between(asked, clock.instant()).dividedBy(2));
    return new Health(messages.topic(topic), offset(answer, middle));
  }

  private static Optional<Duration> offset(HttpAnswer answer, Instant here) {
    return Optional.ofNullable(answer.headers().getInstant("Date"))
        .map(there -> Duration.between(here, there));
  }

  /**
   * The results of a check that succeeded.
   *
   * @param clockOffset how far the backend's clock is ahead of this machine's, exact to about a
   *     second; negative if it is behind, empty if the backend sends no time
   */
  public record Health(TopicId topic, Optional<Duration> clockOffset) {}
}
