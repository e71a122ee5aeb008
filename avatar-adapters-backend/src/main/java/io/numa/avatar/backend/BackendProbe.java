package io.numa.avatar.backend;

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
   * Reaches for the backend, and finds the topic with the configured token.
   *
   * @throws PortException saying what is wrong: no answer, token refused, no such topic
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
   * What a healthy backend showed of itself.
   *
   * @param clockOffset how far its clock is ahead of ours, to about a second; negative where it is
   *     behind, empty where it tells no time
   */
  public record Health(TopicId topic, Optional<Duration> clockOffset) {}
}
