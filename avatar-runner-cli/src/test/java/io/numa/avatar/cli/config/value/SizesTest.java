package io.numa.avatar.cli.config.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1B",
    "4096, 4096, 4KiB",
    "10 B, 10, 10B",
    "100MiB, 104857600, 100MiB",
    "1GB, 1000000000, 1000000000B",
    "' 2 TiB ', 2199023255552, 2TiB",
  })
  void readsAndWrites(String text, long size, String written) {
    assertThat(Sizes.parse(text)).contains(size);
    assertThat(Sizes.format(size)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "-1", "1.5MiB", "MiB", "1mib", "1 M", "1e3", "1KB5", "9999999999999TiB"})
  void refusesWhatIsNoSize(String text) {
    assertThat(Sizes.parse(text)).isEmpty();
  }
}
