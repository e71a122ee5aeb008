package io.numa.avatar.backend;

import io.numa.avatar.backend.internal.call.Dialect;
import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.MessageSource;
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

/** The ports to a backend in the dialect that it is found to speak at the first call. */
final class SpokenBackend implements MessageSource, TaskSource, StatusReporter {
  private final DialectDetection detection;

  SpokenBackend(DialectDetection detection) {
    this.detection = detection;
  }

  private Dialect dialect() throws InterruptedException {
    return detection.dialect();
  }

  @Override
  public TopicId topic(String name) throws InterruptedException {
    return dialect().messages().topic(name);
  }

  @Override
  public boolean ordersMessages() {
    return detection.found().map(dialect -> dialect.messages().ordersMessages()).orElse(true);
  }

  @Override
  public List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait)
      throws InterruptedException {
    return dialect().messages().poll(topic, after, wait);
  }

  @Override
  public Task task(TaskId id) throws InterruptedException {
    return dialect().tasks().task(id);
  }

  @Override
  public Application application(ApplicationId id) throws InterruptedException {
    return dialect().tasks().application(id);
  }

  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException {
    return dialect().statuses().report(attempt, update);
  }

  @Override
  public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    return dialect().statuses().renew(attempt, lastSent, count);
  }

  @Override
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    dialect().statuses().append(attempt, chunk);
  }
}
