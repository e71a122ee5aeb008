package io.numa.avatar.git.internal.lfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchFilterTest {
  @ParameterizedTest
  @CsvSource({
    "'', '', a.bin, true",
    "'a', '', a/b.bin, true",
    "'/a/', '', a/b.bin, true",
    "'a', '', b/c.bin, false",
    "'*.bin, x', '', b/c.bin, true",
    "'', '*.bin', b/c.bin, false",
    "'ö', '', ö/b.bin, true",
    "'assets/**', 'assets/large', assets/large/b.bin, false",
  })
  void choosesByPathsAndFolders(String include, String exclude, String path, boolean allowed) {
    assertThat(FetchFilter.of(include, exclude).allows(path)).isEqualTo(allowed);
  }

  @Test
  void takesNotLongForHostilePatterns() {
    FetchFilter filter = FetchFilter.of("a*".repeat(20) + "b", "");

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThat(filter.allows(("a".repeat(250) + "/").repeat(13) + "a")).isFalse());
  }
}
