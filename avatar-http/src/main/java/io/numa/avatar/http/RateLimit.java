package io.numa.avatar.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;

/**
 * How servers ask to be left alone: by {@code Retry-After} (RFC 9110, 10.2.3), or by the second of
 * the epoch at which they may be asked again, which GitHub and Gitea call {@code
 * X-RateLimit-Reset}, GitLab {@code RateLimit-Reset}.
 */
public final class RateLimit {
  private RateLimit() {}

  /** Whether an answer refuses nothing but the number of requests. */
  public static boolean isReached(HttpAnswer answer) {
    Headers headers = answer.headers();
    return answer.status() == 429
        || (answer.status() == 403
            && (headers.get("Retry-After") != null
                || isUsedUp(headers, "X-RateLimit")
                || isUsedUp(headers, "RateLimit")));
  }

  /** What {@code Retry-After} asks for; zero where it asks for nothing that makes sense. */
  public static Duration retryAfter(Headers headers, Clock clock) {
    return positive(asked(headers, clock));
  }

  /** The same; where there is none, the time until a limit that is used up is reset. */
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

  /** Every answer names the next reset, so it counts only where nothing remains. */
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
