package io.numa.avatar.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/**
 * Reads how long a server asks clients to wait: {@code Retry-After} (RFC 9110, 10.2.3), or the
 * epoch second of the next allowed request, which is {@code X-RateLimit-Reset} at GitHub and Gitea,
 * and {@code RateLimit-Reset} at GitLab.
 */
public final class RateLimit {
  private RateLimit() {}

  /** Whether an answer refuses the request only because there were too many requests. */
  public static boolean isReached(HttpAnswer answer) {
    Headers headers = answer.headers();
    return answer.status() == 429
        || (answer.status() == 403
            && (headers.get("Retry-After") != null
                || isUsedUp(headers, "X-RateLimit")
                || isUsedUp(headers, "RateLimit")));
  }

  /** The pause in {@code Retry-After}; zero if the header is missing or invalid. */
  public static Duration retryAfter(Headers headers, Clock clock) {
    return positive(asked(headers, clock));
  }

  /** The pause in {@code Retry-After}; without it, the time until an exhausted limit is reset. */
  public static Duration retryAfterOrReset(Headers headers, Clock clock) {
    return positive(
        asked(headers, clock)
            .or(() -> reset(headers, "X-RateLimit", clock))
            .or(() -> reset(headers, "RateLimit", clock)));
  }

  private static Duration positive(Optional<Duration> pause) {
    return pause.filter(one -> !one.isNegative()).orElse(Duration.ZERO);
  }

  private static Optional<Duration> asked(Headers headers, Clock clock) {
    String value = headers.get("Retry-After");
    if (value != null && value.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    return Optional.ofNullable(headers.getInstant("Retry-After"))
        .map(until -> Duration.between(clock.instant(), until));
  }

  /**
   * The time until the reset. Every answer has that header, so it counts only if no request
   * remains.
   */
  private static Optional<Duration> reset(Headers headers, String prefix, Clock clock) {
    return Optional.ofNullable(headers.get(prefix + "-Reset"))
        .filter(second -> second.matches("[0-9]{1,12}") && isUsedUp(headers, prefix))
        .map(second -> Instant.ofEpochSecond(Long.parseLong(second)))
        .map(until -> Duration.between(clock.instant(), until));
  }

  private static boolean isUsedUp(Headers headers, String prefix) {
    return "0".equals(headers.get(prefix + "-Remaining"));
  }
}
