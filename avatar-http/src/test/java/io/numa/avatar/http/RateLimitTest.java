package io.numa.avatar.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateLimitTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "429, X-A, 1, true",
    "403, Retry-After, 7, true",
    "403, X-RateLimit-Remaining, 0, true",
    "403, RateLimit-Remaining, 0, true",
    "403, X-RateLimit-Remaining, 4999, false",
    "503, Retry-After, 7, false"
  })
  void tellsALimitFromARefusal(int status, String header, String value, boolean reached) {
    var answer = new HttpAnswer(status, Headers.of(header, value), "", Optional.empty());

    assertThat(RateLimit.isReached(answer)).isEqualTo(reached);
  }

  @ParameterizedTest
  @CsvSource({"X-RateLimit, 0, PT1M", "RateLimit, 0, PT1M", "RateLimit, 3, PT0S"})
  void waitsForAResetWhereNothingRemains(String prefix, String remaining, Duration pause) {
    Headers headers = reset(prefix, remaining, NOW.plusSeconds(60)).build();

    assertThat(RateLimit.retryAfterOrReset(headers, CLOCK)).isEqualTo(pause);
    assertThat(RateLimit.retryAfter(headers, CLOCK)).isZero();
  }

  @Test
  void prefersRetryAfterToAReset() {
    Headers headers = reset("RateLimit", "0", NOW.plusSeconds(60)).add("Retry-After", "7").build();

    assertThat(RateLimit.retryAfterOrReset(headers, CLOCK)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void doesNotWaitForAResetThatIsOver() {
    Headers headers = reset("RateLimit", "0", NOW.minusSeconds(1)).build();

    assertThat(RateLimit.retryAfterOrReset(headers, CLOCK)).isZero();
  }

  private static Headers.Builder reset(String prefix, String remaining, Instant at) {
    return new Headers.Builder()
        .add(prefix + "-Remaining", remaining)
        .add(prefix + "-Reset", String.valueOf(at.getEpochSecond()));
  }
}
