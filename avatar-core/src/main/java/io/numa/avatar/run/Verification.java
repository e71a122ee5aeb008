package io.numa.avatar.run;

import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.guard.SecretScan;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport;
import java.io.IOException;
import java.util.Optional;

/**
 * Decides whether a change may be committed: the change must not be empty, the guard and the secret
 * scan must accept it, and the project's tests must pass. Used by the attempt's thread only.
 */
final class Verification {
  private final StageContext context;
  private final Assignment assignment;
  private final WorkingCopy copy;

  Verification(StageContext context, Assignment assignment, WorkingCopy copy) {
    this.context = context;
    this.assignment = assignment;
    this.copy = copy;
  }

  /**
   * Stages and verifies the change that a plan made. A change that is only shown is not tested.
   *
   * @throws StageFailedException of kind {@code DENIED} if the change is not allowed, {@code
   *     TIMEOUT} if its tests took too long
   */
  Verdict run(ChangedPaths changed) throws StageFailedException, IOException, InterruptedException {
    // Stage before the tests run, so that the commit contains no files that the tests write.
    StagedChange change = copy.stage(changed, context.settings().guard().maxFileSize());
    if (isMissing(change)) {
      return new Verdict.Unchanged();
    }
    check(change);
    context.environment().listener().developed(assignment.task().id(), change);
    return context.settings().delivery() == RunSettings.Delivery.SHOW
        ? new Verdict.Passed(change, Optional.empty())
        : test(change);
  }

  /** Verifies the staged result of a replay, as {@link #run(ChangedPaths)} does. */
  Verdict run(StagedChange replayed)
      throws StageFailedException, IOException, InterruptedException {
    if (isMissing(replayed)) {
      return new Verdict.Unchanged();
    }
    check(replayed);
    return test(replayed);
  }

  private boolean isMissing(StagedChange change) {
    return change.changes().isEmpty() && !assignment.plan().allowEmpty();
  }

  private void check(StagedChange change) throws StageFailedException {
    context.settings().guard().check(change.changes());
    SecretScan.check(change, context.settings().redactor());
  }

  private Verdict test(StagedChange change)
      throws StageFailedException, IOException, InterruptedException {
    var tests = new TestStage(context, assignment, copy, change);
    Optional<TestReport> report = tests.run();
    report.ifPresent(context.progress()::tested);
    return report.isPresent() && !tests.passes(report.get())
        ? new Verdict.Failed(report.get())
        : new Verdict.Passed(change, report);
  }
}
