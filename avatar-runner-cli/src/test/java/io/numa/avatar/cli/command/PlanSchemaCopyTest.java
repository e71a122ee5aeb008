package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PlanSchemaCopyTest {
  private static final Path COPY = Path.of("..", "docs", "plan.schema.json");

  /** With {@code -Dreference.page=write}, the test writes the copy before it compares it. */
  @Test
  void isWhatTheCommandPrints() throws IOException {
    Shell.Result result = new Shell().run("plan", "schema");
    if (System.getProperty("reference.page", "").equals("write")) {
      Files.writeString(COPY, result.out());
    }

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(COPY)
        .as(
            "docs/plan.schema.json is stale; regenerate it with: mvn -Pfast -pl avatar-runner-cli"
                + " -am test -Dtest=PlanSchemaCopyTest -Dsurefire.failIfNoSpecifiedTests=false"
                + " -Dreference.page=write")
        .hasContent(result.out());
  }
}
