package io.numa.avatar.run;

import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.text.TestSummary;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestVerdict;
import java.util.Optional;
import java.util.OptionalInt;

/** The result of verifying a change. */
sealed interface Verdict {
  /**
   * The change may be committed.
   *
   * @param report the result of its tests; empty if none were run
   */
  record Passed(StagedChange change, Optional<TestReport> report) implements Verdict {
    @Override
    public StagedChange require(String unchanged) {
      return change;
    }
  }

  /** The project's tests failed, or their command did. */
  record Failed(TestReport report) implements Verdict {
    /** Where all reports are there and name no failed test, it is the command that failed. */
    private FailureKind kind() {
      boolean onlyTheCommand = report.verdict() == TestVerdict.UNKNOWN && report.lost().isEmpty();
      return onlyTheCommand ? FailureKind.COMMAND_FAILED : FailureKind.TESTS_FAILED;
    }

    @Override
    public StagedChange require(String unchanged) throws StageFailedException {
      throw new StageFailedException(
          kind(), TestSummary.of(report), OptionalInt.of(report.exitCode()));
    }
  }

  /** There is nothing to commit, and the plan does not allow that. */
  record Unchanged() implements Verdict {
    @Override
    public StagedChange require(String unchanged) throws StageFailedException {
      throw new StageFailedException(
          FailureKind.NO_CHANGES, unchanged + "; say allow_empty: true if that is right");
    }
  }

  /**
   * Returns the change if it may be committed.
   *
   * @param unchanged the message if there is nothing to commit
   * @throws StageFailedException of kind {@code TESTS_FAILED}, {@code COMMAND_FAILED} or {@code
   *     NO_CHANGES} if it may not be
   */
  StagedChange require(String unchanged) throws StageFailedException;
}
