package io.numa.avatar.cli.wiring;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import java.util.Optional;

/** One task given by the operator; no backend gets a report. */
public record SingleTask(Task task, Application project) implements TaskSource, StatusReporter {
  @Override
  public Task task(TaskId id) {
    return task;
  }

  @Override
  public Application application(ApplicationId id) {
    return project;
  }

  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) {
    return Optional.empty();
  }

  @Override
  public void append(Attempt attempt, LogChunk chunk) {
    // The log file and the screen show it already.
  }
}
