package io.numa.avatar.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** With {@code -Dreference.page=write}, the tests write the pages before they compare them. */
class ReferencePageTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String CHINESE = "configuration.zh-CN.txt";

  @Test
  void isWhatTheTableOfKeysSays() throws IOException {
    check(DOCS.resolve("configuration.md"), ReferencePage.english());
  }

  @Test
  void isTheSameInChinese() throws IOException {
    PageTranslation chinese = chinese();

    check(DOCS.resolve("configuration.zh-CN.md"), chinese.translate(ReferencePage.english()));
    assertThat(chinese.missing()).as("texts without a translation in " + CHINESE).isEmpty();
    assertThat(chinese.unused()).as("translations in " + CHINESE + " of no text").isEmpty();
  }

  private static PageTranslation chinese() throws IOException {
    try (InputStream in = ReferencePageTest.class.getResourceAsStream("/" + CHINESE)) {
      return new PageTranslation(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void check(Path page, String made) throws IOException {
    if (System.getProperty("reference.page", "").equals("write")) {
      Files.writeString(page, made);
    }
    assertThat(page)
        .as(
            "%s is stale; regenerate it with: mvn -Pfast -pl avatar-runner-cli"
                + " -am test -Dtest=ReferencePageTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dreference.page=write",
            page)
        .hasContent(made);
  }
}
