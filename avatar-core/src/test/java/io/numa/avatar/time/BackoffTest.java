package io.numa.avatar.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Duration FIRST = Duration.ofMillis(100);
  private static final Duration LIMIT = Duration.ofMillis(1500);

  @Test
  void doublesUpToTheLimitAtMost() {
    assertThat(millis(new Backoff(FIRST, LIMIT, always(Bound.HIGHEST)), 7))
        .containsExactly(100L, 200L, 400L, 800L, 1500L, 1500L, 1500L);
  }

  @Test
  void neverWaitsLessThanAMillisecond() {
    assertThat(millis(new Backoff(FIRST, LIMIT, always(Bound.LOWEST)), 3))
        .containsExactly(1L, 1L, 1L);
    assertThat(millis(new Backoff(Duration.ZERO, LIMIT, always(Bound.HIGHEST)), 3))
        .containsExactly(1L, 1L, 1L);
  }

  @Test
  void letsACallerCountTheFailures() {
    var backoff = new Backoff(FIRST, LIMIT, always(Bound.HIGHEST));

    assertThat(Stream.of(1, 3, 5, Integer.MAX_VALUE, 1).map(backoff::after).map(Duration::toMillis))
        .containsExactly(100L, 400L, 1500L, 1500L, 100L);
  }

  @Test
  void startsAgainAfterASuccess() {
    var backoff = new Backoff(FIRST, LIMIT, always(Bound.HIGHEST));
    millis(backoff, 3);

    backoff.reset();

    assertThat(millis(backoff, 2)).containsExactly(100L, 200L);
  }

  @Property(tries = 100)
  void scattersWithinItsBoundsForHoweverLong(@ForAll Random random) {
    var waits = millis(new Backoff(FIRST, LIMIT, random), 200);

    assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(1L, 1500L));
    assertThat(waits.stream().distinct().count()).isGreaterThan(50);
  }

  private static List<Long> millis(Backoff backoff, int count) {
    return Stream.generate(backoff::next).limit(count).map(Duration::toMillis).toList();
  }

  private enum Bound {
    LOWEST,
    HIGHEST
  }

  private static RandomGenerator always(Bound bound) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException();
      }

      @Override
      public long nextLong(long origin, long end) {
        return bound == Bound.LOWEST ? origin : end - 1;
      }
    };
  }
}
