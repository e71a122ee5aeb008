package io.numa.avatar.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0, PT0S, 0s",
    "5, PT5S, 5s",
    "1.5, PT1.5S, 1500ms",
    "500ms, PT0.5S, 500ms",
    "90s, PT90S, 90s",
    "'5 m', PT5M, 5m",
    "60, PT1M, 1m",
    "0.5h, PT30M, 30m",
    "24h, P1D, 1d",
    "999999999d, P999999999D, 999999999d"
  })
  void readsAndWrites(String text, Duration duration, String written) {
    assertThat(WrittenDuration.parse(text)).contains(duration);
    assertThat(WrittenDuration.format(duration)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-5", "+5", "5x", "s", "5S", "1e3", ".5", "5.", "5 5", "1m30s", "1_0"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(WrittenDuration.parse(text)).isEmpty();
  }
}
