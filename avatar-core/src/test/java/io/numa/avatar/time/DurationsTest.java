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
