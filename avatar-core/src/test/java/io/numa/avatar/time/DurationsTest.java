package io.numa.avatar.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S,        0.0 s",
    "PT0.26S,     0.3 s",
    "PT9.94S,     9.9 s",
    "PT10S,       10 s",
    "PT59.999S,   59 s",
    "PT1M,        1 min 00 s",
    "PT4M5S,      4 min 05 s",
    "PT59M59S,    59 min 59 s",
    "PT1H,        1 h 00 min",
    "PT2H5M59S,   2 h 05 min",
    "PT50H,       50 h 00 min",
  })
  void writesDurationsForPeople(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
  }

  @Test
  void choosesTheShorterAndTheLonger() {
    Duration one = Duration.ofSeconds(1);
    Duration two = Duration.ofSeconds(2);

    assertThat(Durations.shorter(one, two)).isEqualTo(Durations.shorter(two, one)).isEqualTo(one);
    assertThat(Durations.longer(one, two)).isEqualTo(Durations.longer(two, one)).isEqualTo(two);
  }

  @ParameterizedTest
  @CsvSource({"0, PT5S", "1, PT10S", "3, PT40S", "4, PT1M", "2000000000, PT1M"})
  void doublesUpToALimit(int times, Duration expected) {
    Duration doubled = Durations.doubled(Duration.ofSeconds(5), times, Duration.ofMinutes(1));

    assertThat(doubled).isEqualTo(expected);
  }

  @Test
  void writesThemAlikeEverywhere() {
    var before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(Durations.text(Duration.ofMillis(1500))).isEqualTo("1.5 s");
      assertThat(Durations.text(Duration.ofSeconds(65))).isEqualTo("1 min 05 s");
    } finally {
      Locale.setDefault(before);
    }
  }
}
