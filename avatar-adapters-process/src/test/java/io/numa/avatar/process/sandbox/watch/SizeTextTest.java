package io.numa.avatar.process.sandbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeTextTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1 bytes",
    "1025, 1025 bytes",
    "1024, 1KiB",
    "1536000, 1500KiB",
    "10737418240, 10GiB",
    "1125899906842624, 1024TiB"
  })
  void isTheConfigurations(long bytes, String text) {
    assertThat(SizeText.of(bytes)).isEqualTo(text);
  }
}
