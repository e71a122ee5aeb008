package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  /** With {@code -Dreference.page=write}, the test writes the page before it compares it. */
  @Test
  void isWhatTheTableOfKeysSays() throws IOException {
    if (System.getProperty("reference.page", "").equals("write")) {
      Files.writeString(PAGE, ReferencePage.markdown());
    }

    assertThat(PAGE)
        .as(
            "docs/configuration.md is stale; regenerate it with: mvn -Pfast -pl avatar-runner-cli"
                + " -am test -Dtest=ReferencePageTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dreference.page=write")
        .hasContent(ReferencePage.markdown());
  }
}
