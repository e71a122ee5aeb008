package io.numa.avatar.cli.wiring;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One task given by hand: where it comes from, and the nobody that it is reported to. */
public record SingleTask(Task task, Application project) implements TaskSource, StatusReporter {
  @Override
  public TopicId topic(String name) {
    throw new NotFoundException("could not find the topic '" + name + "': there is no backend");
  }

  @Override
  public List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait) {
    return List.of();
  }

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
    // The log file and the screen have it.
  }
}
