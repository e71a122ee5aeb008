package io.numa.avatar.run.text;

import io.numa.avatar.task.ChangeRequestReport;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;

/** Describes an outcome for people. The text begins with the word for the outcome. */
public final class OutcomeText implements TaskOutcome.Cases<String> {
  /** Such as {@code done: 1a2b3c4d5e on dev-7}, or {@code done, not tested: 1a2b3c4d5e}. */
  public static String of(TaskOutcome outcome) {
    return outcome.fold(new OutcomeText());
  }

  private OutcomeText() {}

  /** The word for delivered work, which says whether tests have run. */
  public static String done(WorkSummary work) {
    return work.tests().isPresent() ? "done" : "done, not tested";
  }

  @Override
  public String delivered(TaskOutcome.Delivered outcome) {
    WorkSummary work = outcome.work();
    return done(work)
        + ": "
        + work.commit().map(CommitId::abbreviated).orElse("no commit")
        + work.branch().map(branch -> " on " + branch).orElse("")
        + work.changeRequest().map(OutcomeText::proposed).orElse("");
  }

  @Override
  public String failed(TaskOutcome.Failed outcome) {
    return failure(outcome.failure());
  }

  @Override
  public String unavailable(TaskOutcome.Unavailable outcome) {
    return failure(outcome.failure());
  }

  @Override
  public String cancelled(TaskOutcome.Cancelled outcome) {
    return "cancelled: " + outcome.reason();
  }

  @Override
  public String notOurs(TaskOutcome.NotOurs outcome) {
    return "dropped: " + outcome.reason();
  }

  private static String proposed(ChangeRequestReport report) {
    return report.url().map(url -> ", " + url).orElse("")
        + report.problem().map(problem -> ", without a change request: " + problem).orElse("");
  }

  private static String failure(Failure failure) {
    return "failed at " + failure.stage().word() + ": " + failure.message();
  }
}
