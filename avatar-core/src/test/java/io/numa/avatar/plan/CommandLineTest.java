package io.numa.avatar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.plan.CommandLine.Shell;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @Test
  void isShownAsItWouldBeTyped() {
    assertThat(new Shell("make all | tee log").display()).isEqualTo("make all | tee log");
    assertThat(new Argv(List.of("make", "", "all")).display()).isEqualTo("make  all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "a\0b"})
  void aShellLineIsTextThatSaysSomething(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Shell(line));
  }

  static Stream<Arguments> badWords() {
    return Stream.of(
        arguments(List.of(), "a command must name a program"),
        arguments(List.of(""), "a command must name a program"),
        arguments(List.of(" ", "a"), "a command must name a program"),
        arguments(List.of("a", "b\0"), "a command must not hold NUL"));
  }

  @ParameterizedTest
  @MethodSource("badWords")
  void wordsBeginWithAProgramAndHoldNoNul(List<String> words, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Argv(words)).withMessage(message);
  }

  @Test
  void anEmptyTestLineMeansNoTests() {
    assertThat(TestCommand.ofLine(" ")).isEqualTo(new TestCommand.None());
    assertThat(TestCommand.ofLine("make test"))
        .isEqualTo(new TestCommand.Run(new Shell("make test")));
  }
}
