package io.numa.avatar.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.plan.Step.Occurrences;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StepTest {
  private static final WorkspacePath A = new WorkspacePath("a");
  private static final WorkspacePath B = new WorkspacePath("b");

  static Stream<Arguments> steps() {
    var argv = new CommandLine.Argv(List.of("make", "all"));
    return Stream.of(
        arguments(new Step.Write(A, Step.Content.File.utf8("x")), "write a"),
        arguments(new Step.Edit(A, "x", "y", Occurrences.ONCE), "edit a"),
        arguments(new Step.Patch(new PatchText(new byte[0], 1)), "patch"),
        arguments(new Step.Move(A, B, false), "move a to b"),
        arguments(new Step.Copy(A, B, true), "copy a to b"),
        arguments(new Step.Delete(A, false), "delete a"),
        arguments(new Step.Chmod(A, true), "chmod a"),
        arguments(new Step.Assert(A, new Step.Condition.Exists(true)), "assert a"),
        arguments(
            new Step.Run(argv, Optional.empty(), Map.of(), Optional.empty(), Set.of(0)),
            "run make all"),
        arguments(new Step.Agent("p", Optional.of("qwen"), Optional.empty()), "agent qwen"),
        arguments(new Step.Agent("p", Optional.empty(), Optional.empty()), "agent"));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void sumsItselfUp(Step step, String summary) {
    assertThat(step.summary()).isEqualTo(summary);
  }

  @ParameterizedTest
  @CsvSource({
    "1,  0, false", "1,  1, true", "1,  2, false",
    "3,  2, false", "3,  3, true", "3,  4, false",
    "-1, 0, false", "-1, 1, true", "-1, 9, true",
  })
  void countsOccurrences(int expected, int count, boolean accepted) {
    var occurrences = expected < 0 ? Occurrences.ALL : new Occurrences(OptionalInt.of(expected));

    assertThat(occurrences.accepts(count)).isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void noTextCanBeExpectedLessThanOnce(int expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Occurrences(OptionalInt.of(expected)))
        .withMessage("a text must be expected at least once");
  }

  @Test
  void anEditMustHaveSomethingToFind() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Step.Edit(A, "", "x", Occurrences.ALL))
        .withMessage("the text to find is empty");
  }

  @Test
  void aPatchCannotAddToItsPaths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PatchText(new byte[0], -1))
        .withMessage("strip must not be negative: -1");
  }
}
