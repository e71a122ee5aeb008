package io.numa.avatar.run;

import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.agent.FailedTests;
import io.numa.avatar.run.agent.RepairLoop;
import io.numa.avatar.run.agent.Setback;
import io.numa.avatar.run.review.Review;
import io.numa.avatar.run.test.OutputExcerpt;
import io.numa.avatar.run.text.TestSummary;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestVerdict;
import io.numa.avatar.task.agent.DilutedTests;
import java.util.Optional;
import java.util.OptionalInt;

/** The result of verifying a change. */
sealed interface Verdict extends RepairLoop.Verified {
  /**
   * The change may be committed.
   *
   * @param report the result of its tests; empty if none were run
   */
  record Passed(StagedChange change, Optional<TestReport> report) implements Verdict {
    @Override
    public Optional<Deliverable> deliverable() {
      return Optional.of(new Deliverable(change, report));
    }

    @Override
    public StagedChange require(String unchanged) {
      return change;
    }

    @Override
    public Optional<Setback> setback() {
      return Optional.empty();
    }
  }

  /**
   * The project's tests failed, or their command did.
   *
   * @param output what they printed
   */
  record Failed(StagedChange change, TestReport report, OutputExcerpt output) implements Verdict {
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

    @Override
    public Optional<Setback> setback() {
      return Optional.of(FailedTests.setback(report, output, change));
    }
  }

  /**
   * The tests passed, but the base commit's versions of tests that the change touches do not, or
   * fewer tests ran. A coding agent gets this back before {@link #require} decides; where they
   * could not be built, once.
   *
   * @param report has {@link TestReport#diluted}
   * @param policy {@code REPAIR} or {@code FAIL}
   */
  record Diluted(StagedChange change, TestReport report, Dilution policy) implements Verdict {
    private boolean isRefused() {
      return policy == Dilution.FAIL && report.diluted().filter(DilutedTests::weakened).isPresent();
    }

    @Override
    public Optional<Deliverable> deliverable() {
      return isRefused()
          ? Optional.empty()
          : Optional.of(new Deliverable(change, Optional.of(report)));
    }

    @Override
    public StagedChange require(String unchanged) throws StageFailedException {
      if (isRefused()) {
        throw new StageFailedException(FailureKind.TESTS_FAILED, TestSummary.ofDiluted(report));
      }
      return change;
    }

    @Override
    public Optional<Setback> setback() {
      return Optional.of(FailedTests.weakened(report, change, policy));
    }
  }

  /**
   * The repository's setup failed on the changed tree, so nothing was tested.
   *
   * @param report the result of the setup's command
   */
  record NotSetUp(TestReport report) implements Verdict {
    @Override
    public StagedChange require(String unchanged) throws StageFailedException {
      throw new StageFailedException(
          FailureKind.COMMAND_FAILED,
          "the setup failed: " + TestSummary.of(report),
          OptionalInt.of(report.exitCode()));
    }

    @Override
    public Optional<Setback> setback() {
      return Optional.of(Setback.of("The setup failed: " + TestSummary.of(report)));
    }
  }

  /**
   * Another result, and the review of its change. Only what the review found is to be repaired:
   * agents have had their tries at what the other result says.
   *
   * @param review empty if there is none
   */
  record Reviewed(Verdict verified, Optional<Review> review) implements Verdict {
    @Override
    public StagedChange require(String unchanged) throws StageFailedException {
      StagedChange change = verified.require(unchanged);
      if (review.isPresent()) {
        review.get().require();
      }
      return change;
    }

    @Override
    public Optional<Setback> setback() {
      return review.flatMap(Review::setback);
    }
  }

  /** There is nothing to commit, and the plan does not allow that. */
  record Unchanged() implements Verdict {
    @Override
    public StagedChange require(String unchanged) throws StageFailedException {
      throw new StageFailedException(
          FailureKind.NO_CHANGES, unchanged + "; say allow_empty: true if that is right");
    }

    @Override
    public Optional<Setback> setback() {
      return Optional.of(Setback.NO_CHANGES);
    }
  }

  /**
   * The guards refuse the change, or its tests could not be run to their end.
   *
   * @param tested the change, if its tests were begun
   */
  record Refused(StageFailedException reason, Optional<StagedChange> tested) implements Verdict {
    @Override
    public StagedChange require(String unchanged) throws StageFailedException {
      throw reason;
    }

    @Override
    public Optional<Setback> setback() {
      return Optional.of(Setback.of(reason.getMessage()).restoring(tested));
    }
  }

  /** The tested change, if nothing but a review can keep it from being committed. */
  default Optional<Deliverable> deliverable() {
    return Optional.empty();
  }

  /**
   * A change and the result of its tests.
   *
   * @param report empty if none were run
   */
  record Deliverable(StagedChange change, Optional<TestReport> report) {}

  /**
   * Returns the change if it may be committed.
   *
   * @param unchanged the message if there is nothing to commit
   * @throws StageFailedException if it may not be, such as of kind {@code TESTS_FAILED}, {@code
   *     COMMAND_FAILED}, {@code DENIED}, {@code REVIEW_FAILED} or {@code NO_CHANGES}
   */
  StagedChange require(String unchanged) throws StageFailedException;
}
