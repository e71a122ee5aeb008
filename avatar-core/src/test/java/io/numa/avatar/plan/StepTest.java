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
        arguments(new Step.Write(A, Step.Content.File.utf8("x")), "write", "write a"),
        arguments(new Step.Edit(A, "x", "y", Occurrences.ONCE), "edit", "edit a"),
        arguments(new Step.Patch(new PatchText(new byte[0], 1)), "patch", "patch"),
        arguments(new Step.Move(A, B, false), "move", "move a to b"),
        arguments(new Step.Copy(A, B, true), "copy", "copy a to b"),
        arguments(new Step.Delete(A, false), "delete", "delete a"),
        arguments(new Step.Chmod(A, true), "chmod", "chmod a"),
        arguments(new Step.Assert(A, new Step.Condition.Exists(true)), "check", "assert a"),
        arguments(
            new Step.Run(argv, Optional.empty(), Map.of(), Optional.empty(), Set.of(0)),
            "run",
            "run make all"),
        arguments(
            new Step.Agent("p", Optional.of("qwen"), Optional.empty(), AgentBounds.NONE),
            "agent",
            "agent qwen"),
        arguments(Step.Agent.of("p"), "agent", "agent"));
  }

  @ParameterizedTest
  @MethodSource("steps")
  void foldsIntoTheCaseOfItsKindAndSumsItselfUp(Step step, String kind, String summary) {
    assertThat(step.fold(new Told())).isEqualTo(kind + " " + step);
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

  private static final class Told implements Step.Cases<String> {
    @Override
    public String write(Step.Write step) {
      return "write " + step;
    }

    @Override
    public String edit(Step.Edit step) {
      return "edit " + step;
    }

    @Override
    public String patch(Step.Patch step) {
      return "patch " + step;
    }

    @Override
    public String move(Step.Move step) {
      return "move " + step;
    }

    @Override
    public String copy(Step.Copy step) {
      return "copy " + step;
    }

    @Override
    public String delete(Step.Delete step) {
      return "delete " + step;
    }

    @Override
    public String chmod(Step.Chmod step) {
      return "chmod " + step;
    }

    @Override
    public String check(Step.Assert step) {
      return "check " + step;
    }

    @Override
    public String run(Step.Run step) {
      return "run " + step;
    }

    @Override
    public String agent(Step.Agent step) {
      return "agent " + step;
    }
  }
}
