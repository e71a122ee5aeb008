package io.numa.avatar.backend.project;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
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
    assertThat(command("other: [1]\ntest:\n  command: make test\n  colour: red\n"))
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

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "other: true", "test:\n", "test: {}"})
  void givesNothingWhereNothingIsSaid(String text) {
    assertThat(command(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "just words | must be a mapping like {test: {command: …}}",
        "test: make | must be a mapping like {test: {command: …}}",
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
        .isThrownBy(() -> settings.testCommand("test: {command: ü}".getBytes(ISO_8859_1)))
        .withMessage("could not read .numa.yaml: it is not in UTF-8");
  }

  private Optional<TestCommand> command(String text) {
    return settings.testCommand(text.getBytes(UTF_8));
  }
}
