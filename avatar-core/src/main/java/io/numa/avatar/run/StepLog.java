package io.numa.avatar.run;

import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.run.develop.PlanExecutor;
import io.numa.avatar.run.log.RunLog;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StepReport;

/** Says in an attempt's log, and notes for its statuses, what becomes of its steps. */
public final class StepLog implements PlanExecutor.Watcher {
  private final RunLog log;
  private final AttemptProgress progress;

  public StepLog(RunLog log, AttemptProgress progress) {
    this.log = log;
    this.progress = progress;
  }

  /** Steps on files end at once, so only their end is logged. */
  @Override
  public void begins(PlannedStep step) {
    if (step.step() instanceof Step.Run || step.step() instanceof Step.Agent) {
      log.say(Stage.DEVELOP, step.label());
    }
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
