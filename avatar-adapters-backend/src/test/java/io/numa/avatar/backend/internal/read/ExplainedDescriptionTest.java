package io.numa.avatar.backend.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExplainedDescriptionTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Log in.",
        "Log in.\n\n- by name",
        "Log in.\r\n\r\nBy name.",
        "The [Numa Avatar] page"
      })
  void takesBackWhatItHasAdded(String description) {
    String once = ExplainedDescription.with(description, Optional.of("2 tests\nfailed"));
    String twice = ExplainedDescription.with(once, Optional.of("1 test failed"));

    assertThat(once).startsWith(description).endsWith("[Numa Avatar] 2 tests / failed");
    assertThat(twice).startsWith(description).endsWith("[Numa Avatar] 1 test failed");
    assertThat(twice).doesNotContain("2 tests");
    assertThat(ExplainedDescription.with(twice, Optional.empty())).isEqualTo(description);
    assertThat(ExplainedDescription.without(twice)).isEqualTo(description);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  Log in. \n", "The [Numa Avatar] page\n\n"})
  void leavesAnyOtherTextAsItIs(String description) {
    assertThat(ExplainedDescription.without(description)).isEqualTo(description);
  }

  @Test
  void keepsWhatAPersonWritesBehindIt() {
    assertThat(
            ExplainedDescription.with(
                "Log in.\n\n[Numa Avatar] no\n\nBy mail.", Optional.of("1 test failed")))
        .isEqualTo("Log in.\n\nBy mail.\n\n[Numa Avatar] 1 test failed");
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsTextsOfAnyLength() {
    String blank = "\n".repeat(300_000);
    String told = "Log in.\n\n[Numa Avatar] no" + "\nand no".repeat(100_000);

    assertThat(ExplainedDescription.without(blank + "Log in.")).isEqualTo(blank + "Log in.");
    assertThat(ExplainedDescription.without(told)).isEqualTo("Log in.");
  }
}
