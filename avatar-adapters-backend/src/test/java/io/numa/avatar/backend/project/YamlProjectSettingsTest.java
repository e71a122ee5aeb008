package io.numa.avatar.backend.project;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.ReviewPolicy;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlProjectSettingsTest {
  private final YamlProjectSettings settings = new YamlProjectSettings();

  @Test
  void givesTheTestCommand() {
    assertThat(command("test:\n  command: make test\n"))
        .contains(new TestCommand.Run(new CommandLine.Shell("make test")));
  }

  @Test
  void givesAProgramAndItsArguments() {
    assertThat(command("test: {command: [make, test]}"))
        .contains(new TestCommand.Run(new CommandLine.Argv(List.of("make", "test"))));
  }

  @Test
  void givesTheWordThatThereAreNoTests() {
    assertThat(command("test: {command: ''}")).contains(new TestCommand.None());
  }

  @Test
  void givesTheSetupAndThePolicyForWeakenedTests() {
    String text =
        """
        test: {dilution: fail}
        setup: {command: npm ci, timeout: 10m, key: [package-lock.json, patches/]}
        """;

    assertThat(settings.read(text.getBytes(UTF_8)))
        .isEqualTo(
            new ProjectFile(
                Optional.empty(),
                Optional.of(Dilution.FAIL),
                Optional.of(
                    new ProjectFile.Setup(
                        new CommandLine.Shell("npm ci"),
                        Optional.of(Duration.ofMinutes(10)),
                        List.of(
                            new WorkspacePath("package-lock.json"),
                            new WorkspacePath("patches"))))));
  }

  @ParameterizedTest
  @CsvSource({
    "'review: {agent: claude, action: fail}', claude, FAIL",
    "review: {action: repair}, , REPAIR",
    "review: {agent: claude}, claude, ",
    "review: {}, , REPORT"
  })
  void givesThePolicyForReviews(String text, String agent, ReviewPolicy.Action action) {
    assertThat(settings.read(text.getBytes(UTF_8)).review())
        .isEqualTo(new ReviewPolicy(Optional.ofNullable(agent), Optional.ofNullable(action)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "{}", "test:\n", "setup:\n", "test: {}"})
  void givesNothingWhereNothingIsSaid(String text) {
    assertThat(command(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "just words | '.numa.yaml' must be a mapping, not text",
        "test: make | /test: 'test' must be a mapping, not text",
        "tset: {} | /tset: '.numa.yaml' has no key 'tset'; did you mean 'test'?",
        "test: {comand: a} | /test/comand: 'test' has no key 'comand'; did you mean 'command'?",
        "test: {dilution: deny} | /test/dilution: must be one of report, repair, fail, not 'deny'",
        "review: {action: none} | /review/action: must be one of report, repair, fail, not 'none'",
        "setup: {key: [a]} | /setup: 'setup' needs the key 'command'",
        "setup: {command: ''} | /setup/command: a command must be text without NUL, and not blank",
        "setup: {command: a, key: a} | /setup/key: must be a list of paths, not text",
        "setup: {command: a, key: [../a]} | /setup/key/0: the path '../a' leads upwards",
        "setup: {command: a, timeout: soon} | /setup/timeout: must be a number of seconds above 0",
        "test: {command: 5} | /test/command: must be text",
        "test: {command: a, command: b} | /test/command: the key 'command' stands here twice",
        "test: [ | could not be parsed",
      })
  void saysWhatMakesNoSense(String text, String problem) {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> command(text))
        .withMessageStartingWith("could not read .numa.yaml: " + problem)
        .returns(FailureKind.INVALID_PLAN, PortException::kind);
  }

  @Test
  void saysThatAFileIsNotInUtf8() {
    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> settings.read("test: {command: ü}".getBytes(ISO_8859_1)))
        .withMessage("could not read .numa.yaml: it is not in UTF-8");
  }

  private Optional<TestCommand> command(String text) {
    return settings.read(text.getBytes(UTF_8)).test();
  }
}
