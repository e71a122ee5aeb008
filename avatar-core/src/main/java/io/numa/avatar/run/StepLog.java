package io.numa.avatar.run;

import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.run.develop.PlanExecutor;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.run.text.StepText;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StepReport;

/** Writes the results of an attempt's steps into its log and its statuses. */
public final class StepLog implements PlanExecutor.Watcher {
  private final RunLog log;
  private final AttemptProgress progress;
  private final StepText steps;

  public StepLog(RunLog log, AttemptProgress progress) {
    this.log = log;
    this.progress = progress;
    this.steps = new StepText(log.redactor());
  }

  /** Logs the start of a command step only: file steps end at once, and their end is logged. */
  @Override
  public void begins(PlannedStep step) {
    if (step.step() instanceof Step.Run || step.step() instanceof Step.Agent) {
      log.say(Stage.DEVELOP, steps.label(step));
    }
  }

  @Override
  public StepText texts() {
    return steps;
  }

  @Override
  public void ended(StepReport report) {
    progress.stepped(report);
    log.say(
        Stage.DEVELOP,
        ("step " + report.number() + " (" + report.label() + "): ") + report.outcome().text());
  }

  @Override
  public void takenBack(int first, int last) {
    log.say(
        Stage.DEVELOP,
        first == last
            ? "step " + first + " is taken back"
            : "steps " + first + " to " + last + " are taken back");
  }
}
