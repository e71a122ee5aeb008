package io.numa.avatar.operation.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FailurePagesTest {
  private static final Path DOCS = Path.of("..", "docs");

  /** With {@code -Dfailure.pages=write}, the test writes the pages before it compares them. */
  @Test
  void areWhatTheTableOfAdviceSays() throws IOException {
    check(DOCS.resolve("failures.md"), FailurePages.english());
    check(DOCS.resolve("failures.zh-CN.md"), FailurePages.chinese());
  }

  private static void check(Path page, String made) throws IOException {
    if (System.getProperty("failure.pages", "").equals("write")) {
      Files.writeString(page, made);
    }
    assertThat(page)
        .as(
            "%s is stale; regenerate it with: mvn -Pfast -pl avatar-core test"
                + " -Dtest=FailurePagesTest -Dfailure.pages=write",
            page)
        .hasContent(made);
  }
}
