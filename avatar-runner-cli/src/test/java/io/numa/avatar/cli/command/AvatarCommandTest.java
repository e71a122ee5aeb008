package io.numa.avatar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.command.common.Terminals;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvatarCommandTest {
  @Test
  void completesAllCommands() throws Exception {
    assertThat(new Shell().run("generate-completion").out())
        .contains("_picocli_avatar_run", "_picocli_avatar_doctor", "_picocli_avatar_cancel");
  }

  @Test
  void helpNamesEveryCommandAndTheExitCodes() {
    Shell.Result result = new Shell().run("--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(
            "run", "exec", "demo", "doctor", "config", "plan", "sandbox", "generate-completion")
        .contains("Exit codes: 0 success");
    assertThat(result.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "exec", "demo", "doctor", "config", "plan", "sandbox"})
  void everyCommandHasHelp(String command) {
    Shell.Result result = new Shell().run(command, "--help");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("Usage: avatar " + command);
  }

  @Test
  void tellsItsVersion() {
    Shell.Result result = new Shell().run("--version");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("avatar ");
  }

  @Test
  void refusesToWatchWhatIsNoIdOfATask() {
    Shell.Result result = new Shell().run("watch", " ", "--queue", "nats://127.0.0.1:1");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("TASK: not a task id");
  }

  /** The task would wait on a subject that no avatar takes from. */
  @Test
  void refusesToSubmitOnWhatIsNoRoute() {
    Shell.Result result =
        new Shell()
            .run(
                "submit",
                "--queue",
                "nats://127.0.0.1:1",
                "--repo",
                "https://git.example.com/a.git",
                "--prompt",
                "Count.",
                "--route",
                "a.b");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--route: not a route (1 to 64 letters");
  }

  @Test
  void refusesUnknownOptions() {
    Shell.Result result = new Shell().run("run", "--fast");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--fast");
    assertThat(result.out()).isEmpty();
  }

  /** A line that names only the configuration is read without picocli. */
  @Test
  void runsByALineOfServicesAsByAnyOther(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("config.yaml"), "backend: {url: nowhere}");
    Shell.Result parsed = new Shell().run("run", "--config=" + file);

    assertThat(parsed.exitCode()).isEqualTo(2);
    assertThat(new Shell().run("run", "--config", file)).isEqualTo(parsed);
    assertThat(new Shell().run("run", "-c", file)).isEqualTo(parsed);
    assertThat(new Shell().run("run", "--config", "--json").err()).contains("Usage: avatar run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"config", "plan"})
  void asksForTheCommandThatIsMissing(String command) {
    Shell.Result result = new Shell().run(command);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Missing required subcommand", "avatar " + command);
  }

  /** che#6869: a branch name beyond ASCII under {@code LC_ALL=C} once was pushed with U+FFFD. */
  @ParameterizedTest
  @ValueSource(strings = {"--branch=dev-\ufffd\ufffd", "--repo=/home/\ufffd", "--prompt=\ufffd"})
  void refusesArgumentsThatTheLocaleCannotHold(String argument) {
    Shell.Result result = new Shell().run("exec", argument);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "could not read the argument '"
                + argument
                + "': the locale's encoding (UTF-8) does not have all its characters; start with"
                + " LC_ALL=C.UTF-8\n");
  }

  @Test
  void asksForACommand() {
    Shell.Result result = new Shell().run();

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("Missing required subcommand");
  }

  @Test
  void coloursHelpForPeopleAlone() {
    assertThat(new Shell().interactive().run("--help").out()).contains("\u001b[");
    assertThat(new Shell().run("--help").out()).doesNotContain("\u001b");
    assertThat(new Shell().interactive().variable("NO_COLOR", "1").run("--help").out())
        .doesNotContain("\u001b");
    assertThat(new Shell().interactive().variable("TERM", "dumb").run("--help").out())
        .doesNotContain("\u001b");
  }

  @Test
  void terminalsDoNotShowTheEnvironment() {
    var nowhere = new PrintWriter(new StringWriter());

    assertThat(
            new Terminals(
                    InputStream.nullInputStream(),
                    nowhere,
                    nowhere,
                    false,
                    Map.of("PASSWORD", "hunter2"))
                .toString())
        .doesNotContain("hunter2");
  }
}
