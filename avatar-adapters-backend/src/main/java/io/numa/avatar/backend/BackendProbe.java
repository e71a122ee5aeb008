package io.numa.avatar.backend;

import io.numa.avatar.backend.internal.call.BackendClient;
import io.numa.avatar.backend.internal.call.Endpoints;
import io.numa.avatar.backend.settings.BackendApi;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.TopicId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Checks whether a backend can be used. Comes from {@link HttpBackend}. */
public final class BackendProbe {
  /** What a person must know who gives several avatars tasks of the second dialect. */
  public static final String SHARED =
      "The backend gives no task to one avatar alone, so a second avatar would take the same tasks;"
          + " give each its own user by backend.assigned_to";

  private final BackendClient client;
  private final Endpoints endpoints;
  private final DialectDetection detection;
  private final Clock clock;

  BackendProbe(BackendClient client, Endpoints endpoints, DialectDetection detection, Clock clock) {
    this.client = client;
    this.endpoints = endpoints;
    this.detection = detection;
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
    BackendApi api = detection.api();
    return new Health(detection.dialect().messages().topic(topic), api, offset(answer, middle));
  }

  private static Optional<Duration> offset(HttpAnswer answer, Instant here) {
    return Optional.ofNullable(answer.headers().getInstant("Date"))
        .map(there -> Duration.between(here, there));
  }

  /**
   * The results of a check that succeeded.
   *
   * @param api the Web API that the backend has
   * @param clockOffset how far the backend's clock is ahead of this machine's, exact to about a
   *     second; negative if it is behind, empty if the backend sends no time
   */
  public record Health(TopicId topic, BackendApi api, Optional<Duration> clockOffset) {}
}
