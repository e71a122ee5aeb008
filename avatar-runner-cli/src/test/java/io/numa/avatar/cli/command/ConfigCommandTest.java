package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  private static final String GOOD =
      """
      backend: {url: "http://localhost:7301", api_token: "s3cret-token"}
      git: {username: Ada, email: ada@example.com}
      avatar: {id: avatar_001}
      """;

  @TempDir Path folder;

  @Test
  void checkAcceptsAGoodConfiguration() throws IOException {
    Shell.Result result = new Shell().run("config", "check", "--config", config(GOOD));

    assertThat(result)
        .isEqualTo(new Shell.Result(0, "the configuration is right" + System.lineSeparator(), ""));
  }

  @Test
  void checkTellsAllThatIsWrongAtOnce() throws IOException {
    Path config =
        config(
            "backend: {url: nowhere}\ngit: {username: Ada, email: ada}\navatar: {conurrency: 0}\n");

    Shell.Result result = new Shell().run("config", "check", "--config", config);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(config + ":1: backend.url", config + ":2: git.email")
        .contains("avatar.conurrency", "avatar.id: is missing")
        .doesNotContain("\tat ");
  }

  @Test
  void checkSaysWhichFileIsMissing() {
    Path missing = folder.resolve("missing.yaml");

    Shell.Result result = new Shell().run("config", "check", "--config", missing);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains(missing.toString());
  }

  @Test
  void showHidesSecrets() throws IOException {
    Shell.Result result = new Shell().run("config", "show", "--config", config(GOOD));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("avatar_001", "***").doesNotContain("s3cret-token");
  }

  @Test
  void flagsComeBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
    Shell shell =
        new Shell()
            .variable("AVATAR_AVATAR__ID", "from-environment")
            .variable("AVATAR_AVATAR__CONCURRENCY", "3");

    Shell.Result result =
        shell.run("config", "show", "--config", config(GOOD), "--set", "avatar.concurrency=4");

    assertThat(result.out())
        .contains("from-environment")
        .containsPattern("concurrency: 4 ")
        .doesNotContain("avatar_001");
  }

  @Test
  void schemaIsJson() throws IOException {
    Shell.Result result = new Shell().run("config", "schema");

    assertThat(result.exitCode()).isZero();
    assertThat(new ObjectMapper().readTree(result.out()).path("properties").fieldNames())
        .toIterable()
        .contains("backend", "git", "avatar", "polling");
  }

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), text);
  }
}
