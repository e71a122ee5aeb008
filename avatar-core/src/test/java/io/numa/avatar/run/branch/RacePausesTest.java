package io.numa.avatar.run.branch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RacePausesTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT1S,    PT2S",
    "1, PT1S,    PT16S",
    "2, PT1S,    PT2M8S",
    "2, PT3S,    PT5M",
    "0, PT10H,   PT5M",
    "2, PT2540400H, PT5M",
    "0, PT0S,    PT0.01S",
    "2, PT-1H,   PT0.64S",
  })
  void choosesAMomentOutOfATimeThatGrows(int replays, Duration run, Duration ceiling) {
    assertThat(new RacePauses(always(Long.MAX_VALUE)).after(replays, run)).isEqualTo(ceiling);
    assertThat(new RacePauses(always(0)).after(replays, run)).isZero();
  }

  /** A generator that always returns {@code number}, or the largest allowed one. */
  private static RandomGenerator always(long number) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return number;
      }

      @Override
      public long nextLong(long bound) {
        return Math.min(number, bound - 1);
      }
    };
  }
}
