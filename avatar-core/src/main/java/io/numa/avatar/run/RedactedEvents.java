package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.agent.AgentReport;

/**
 * Passes events on without secrets. The text of {@link #printed} and the failures of outcomes are
 * redacted already; a change is passed on as it is.
 */
record RedactedEvents(RunListener listener, Redactor redactor) implements RunListener {
  @Override
  public void began(Task task, Attempt attempt) {
    listener.began(task.withTitle(Redacted.of(task.title(), redactor).line().toString()), attempt);
  }

  @Override
  public void entered(TaskId task, Stage stage) {
    listener.entered(task, stage);
  }

  @Override
  public void transferred(TaskId task, TransferProgress progress) {
    listener.transferred(task, progress);
  }

  @Override
  public void printed(TaskId task, String text) {
    listener.printed(task, text);
  }

  @Override
  public void worked(TaskId task, AgentReport report, String newest) {
    listener.worked(task, report, shown(newest));
  }

  @Override
  public void developed(TaskId task, StagedChange change) {
    listener.developed(task, change);
  }

  @Override
  public void kept(TaskId task, LocalCommit commit) {
    listener.kept(task, commit);
  }

  @Override
  public void reporting(TaskId task, TaskOutcome outcome) {
    listener.reporting(task, redacted(outcome));
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    listener.ended(task, redacted(outcome));
  }

  private TaskOutcome redacted(TaskOutcome outcome) {
    if (outcome instanceof TaskOutcome.Cancelled cancelled) {
      return new TaskOutcome.Cancelled(shown(cancelled.reason()), cancelled.work());
    }
    return outcome instanceof TaskOutcome.NotOurs dropped
        ? new TaskOutcome.NotOurs(shown(dropped.reason()))
        : outcome;
  }

  private String shown(String text) {
    return Redacted.of(text, redactor).toString();
  }
}
