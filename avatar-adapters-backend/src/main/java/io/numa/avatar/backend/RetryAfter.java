package io.numa.avatar.backend;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Reads the times in an answer's headers (RFC 9110, 5.6.7 and 10.2.3). */
final class RetryAfter {
  private RetryAfter() {}

  /** How long the backend asks to wait; zero where it asks for nothing that makes sense. */
  static Duration of(Headers headers, Clock clock) {
    String value = headers.get("Retry-After");
    if (value == null) {
      return Duration.ZERO;
    }
    String plain = value.strip();
    if (plain.matches("[0-9]{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(plain));
    }
    Instant until = date(plain);
    Duration pause = until == null ? Duration.ZERO : Duration.between(clock.instant(), until);
    return pause.isNegative() ? Duration.ZERO : pause;
  }

  /** The instant an HTTP date names; null where it names none. */
  static @Nullable Instant date(String value) {
    try {
      return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value.strip()));
    } catch (DateTimeException e) {
      return null;
    }
  }
}
