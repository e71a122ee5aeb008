package io.numa.avatar.http;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PausesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  private final Retries retries =
      new Retries(
          new RetrySettings(9, ofMillis(100), ofMillis(1000), ofSeconds(60)),
          (failure, pause) -> {},
          new Random(4711));

  @ParameterizedTest
  @CsvSource({"1, 100", "2, 200", "3, 400", "4, 800", "5, 1000", "60, 1000"})
  void pausesForAnyPartOfASpanThatDoubles(int tries, long span) {
    assertThat(pauses(tries))
        .allMatch(pause -> pause.toMillis() >= 1 && pause.toMillis() <= span)
        .anyMatch(pause -> pause.toMillis() > span * 9 / 10)
        .anyMatch(pause -> pause.toMillis() < span / 10);
  }

  @Test
  void pausesForWhatItIsAskedFirst() {
    assertThat(retries.pauseAfter(1, ofSeconds(30))).isBetween(ofSeconds(30), ofMillis(30_100));
  }

  @Test
  void doesNotBelieveEverythingItIsAsked() {
    assertThat(retries.pauseAfter(1, ofHours(9))).isBetween(ofSeconds(60), ofMillis(60_100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7 | PT7S",
        " 0 | PT0S",
        "-1 | PT0S",
        "99999999999 | PT0S",
        "soon | PT0S",
        "Fri, 02 Jan 2026 03:05:05 GMT | PT1M",
        "Fri, 02 Jan 2026 03:00:00 GMT | PT0S"
      })
  void readsBothFormsOfRetryAfter(String header, Duration pause) {
    assertThat(RateLimit.retryAfter(Headers.of("Retry-After", header), CLOCK)).isEqualTo(pause);
  }

  private Stream<Duration> pauses(int tries) {
    return IntStream.range(0, 500).mapToObj(i -> retries.pauseAfter(tries, ZERO));
  }
}
