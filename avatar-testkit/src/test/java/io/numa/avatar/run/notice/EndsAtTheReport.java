package io.numa.avatar.run.notice;

import io.numa.avatar.run.RunListener;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;

/** Ends the process, as far as the runner can tell, when the journal has an outcome. */
final class EndsAtTheReport implements RunListener {
  /** Stands for the end of the process. */
  static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Override
  public void reporting(TaskId task, TaskOutcome outcome) {
    throw new KilledException();
  }
}
