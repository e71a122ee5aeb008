package io.numa.avatar.run.develop;

import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StepOutcome;
import java.io.IOException;

/** How reports tell that a step failed. */
final class StepFailures {
  private StepFailures() {}

  static StepOutcome outcome(FailureKind kind) {
    return switch (kind) {
      case CONFLICT -> StepOutcome.CONFLICT;
      case INVALID_PLAN -> StepOutcome.INVALID;
      case DENIED -> StepOutcome.DENIED;
      case TIMEOUT -> StepOutcome.TIMEOUT;
      default -> StepOutcome.FAILED;
    };
  }

  /** Describes an error of the file system. Its own message is often only the path. */
  static String describe(IOException e) {
    return e.getClass().getSimpleName().replaceAll("Exception$|(?<=[a-z])(?=[A-Z])", " ").strip()
        + ": "
        + e.getMessage();
  }
}
