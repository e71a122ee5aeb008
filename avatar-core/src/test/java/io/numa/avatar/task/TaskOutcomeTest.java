package io.numa.avatar.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.numa.avatar.task.TaskOutcome.Cancelled;
import io.numa.avatar.task.TaskOutcome.Delivered;
import io.numa.avatar.task.TaskOutcome.Failed;
import io.numa.avatar.task.TaskOutcome.NotOurs;
import io.numa.avatar.task.TaskOutcome.Unavailable;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TaskOutcomeTest {
  private static final Set<FailureKind> MAY_SUCCEED_LATER =
      Set.of(FailureKind.UNAVAILABLE, FailureKind.AGENT_UNAVAILABLE);

  private static final WorkSummary WORK = WorkSummary.NOTHING_YET;

  static Stream<Arguments> outcomes() {
    var failure = new Failure(Stage.PUSH, FailureKind.INTERNAL, "m");
    return Stream.of(
        arguments(new Delivered(WORK), "delivered"),
        arguments(new Failed(failure, WORK), "failed"),
        arguments(new Unavailable(failure, WORK), "unavailable"),
        arguments(new Cancelled("r", WORK), "cancelled"),
        arguments(new NotOurs("r"), "not ours"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void foldsIntoTheCaseOfItsKind(TaskOutcome outcome, String kind) {
    assertThat(outcome.fold(new Told())).isEqualTo(kind + " " + outcome);
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatMaySucceedLaterIsUnavailable(FailureKind kind) {
    var failure = new Failure(Stage.CLONE, kind, "m");

    assertThat(TaskOutcome.of(failure, WORK))
        .isEqualTo(
            MAY_SUCCEED_LATER.contains(kind)
                ? new Unavailable(failure, WORK)
                : new Failed(failure, WORK));
  }

  private static final class Told implements TaskOutcome.Cases<String> {
    @Override
    public String delivered(Delivered outcome) {
      return "delivered " + outcome;
    }

    @Override
    public String failed(Failed outcome) {
      return "failed " + outcome;
    }

    @Override
    public String unavailable(Unavailable outcome) {
      return "unavailable " + outcome;
    }

    @Override
    public String cancelled(Cancelled outcome) {
      return "cancelled " + outcome;
    }

    @Override
    public String notOurs(NotOurs outcome) {
      return "not ours " + outcome;
    }
  }
}
