package io.numa.avatar.cli.console;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.TransferProgress;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.agent.AgentReport;

/** Two listeners; the first hears each event first. */
public record ListenerPair(RunListener first, RunListener second) implements RunListener {
  @Override
  public void began(Task task, Attempt attempt) {
    first.began(task, attempt);
    second.began(task, attempt);
  }

  @Override
  public void entered(TaskId task, Stage stage) {
    first.entered(task, stage);
    second.entered(task, stage);
  }

  @Override
  public void transferred(TaskId task, TransferProgress progress) {
    first.transferred(task, progress);
    second.transferred(task, progress);
  }

  @Override
  public void printed(TaskId task, String text) {
    first.printed(task, text);
    second.printed(task, text);
  }

  @Override
  public void worked(TaskId task, AgentReport report, String newest) {
    first.worked(task, report, newest);
    second.worked(task, report, newest);
  }

  @Override
  public void developed(TaskId task, StagedChange change) {
    first.developed(task, change);
    second.developed(task, change);
  }

  @Override
  public void kept(TaskId task, LocalCommit commit) {
    first.kept(task, commit);
    second.kept(task, commit);
  }

  @Override
  public void reporting(TaskId task, TaskOutcome outcome) {
    first.reporting(task, outcome);
    second.reporting(task, outcome);
  }

  @Override
  public void ended(TaskId task, TaskOutcome outcome) {
    first.ended(task, outcome);
    second.ended(task, outcome);
  }
}
