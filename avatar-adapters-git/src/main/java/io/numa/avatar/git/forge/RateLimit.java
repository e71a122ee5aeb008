package io.numa.avatar.git.forge;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;

/**
 * How services ask to be left alone: by {@code Retry-After}, or by the second of the epoch at which
 * they may be asked again, which GitHub and Gitea call {@code X-RateLimit-Reset}, GitLab {@code
 * RateLimit-Reset}.
 */
final class RateLimit {
  private RateLimit() {}

  /** Whether an answer refuses nothing but the number of requests. */
  static boolean isReached(Answer answer) {
    return answer.status() == 429
        || (answer.status() == 403
            && (answer.headers().get("Retry-After") != null
                || "0".equals(answer.headers().get("X-RateLimit-Remaining"))
                || "0".equals(answer.headers().get("RateLimit-Remaining"))));
  }

  /** How long the service asks to wait; zero where it asks for nothing that makes sense. */
  static Duration respite(Headers headers, Clock clock) {
    Duration wait =
        Optional.ofNullable(headers.get("Retry-After"))
            .flatMap(value -> after(value.strip(), clock))
            .or(() -> reset(headers, "X-RateLimit", clock))
            .or(() -> reset(headers, "RateLimit", clock))
            .orElse(Duration.ZERO);
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private static Optional<Duration> after(String value, Clock clock) {
    if (value.matches("[0-9]{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
      return Optional.of(Duration.between(clock.instant(), until));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Every answer names the next reset, so it counts only where nothing remains. */
  private static Optional<Duration> reset(Headers headers, String prefix, Clock clock) {
    String at = headers.get(prefix + "-Reset");
    if (at == null
        || !at.strip().matches("[0-9]{1,12}")
        || !"0".equals(headers.get(prefix + "-Remaining"))) {
      return Optional.empty();
    }
    Instant until = Instant.ofEpochSecond(Long.parseLong(at.strip()));
    return Optional.of(Duration.between(clock.instant(), until));
  }
}
