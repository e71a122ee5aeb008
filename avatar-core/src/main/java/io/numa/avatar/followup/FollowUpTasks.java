package io.numa.avatar.followup;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.journal.FollowUp;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.journal.WatchedChange;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tasks of a source, and those that the avatar gives itself, which are in its journal. As safe
 * for use by several threads as the source.
 */
public final class FollowUpTasks implements TaskSource {
  private static final int REMEMBERED = 200;

  private final TaskSource tasks;
  private final Journal journal;

  /** The tasks that were read last; empty for one that the source does not have any more. */
  private final Map<TaskId, Optional<Task>> seen = new LinkedHashMap<>();

  public FollowUpTasks(TaskSource tasks, Journal journal) {
    this.tasks = tasks;
    this.journal = journal;
  }

  @Override
  public Task task(TaskId id) throws InterruptedException {
    Optional<FollowUp> own = FollowUpIds.find(journal, id);
    if (own.isPresent()) {
      return task(own.get());
    }
    Task read = tasks.task(id);
    remember(id, Optional.of(read));
    return read;
  }

  private Task task(FollowUp followUp) throws InterruptedException {
    WatchedChange change = followUp.change();
    TaskOptions first = original(change.task()).map(Task::options).orElse(TaskOptions.NONE);
    return Task.of(
            followUp.task(),
            followUp.title(),
            change.application(),
            change.branch(),
            new PlanSource.Prose(followUp.text()))
        .withState(state(followUp.state()))
        .withBase(Optional.of(change.target()))
        .withOptions(
            new TaskOptions(
                    first.test(),
                    first.timeout(),
                    Optional.of(FollowUpText.commitMessage(followUp.task())))
                .withAgent(first.agent()));
  }

  private static TaskState state(FollowUp.State state) {
    return switch (state) {
      case OPEN -> TaskState.TODO;
      case DONE -> TaskState.DONE;
      case FAILED, LEFT -> TaskState.FAILED;
      case DROPPED -> TaskState.CANCELLED;
    };
  }

  /** The task that a change request was opened for, as it was read last. */
  private Optional<Task> original(TaskId id) throws InterruptedException {
    Optional<Optional<Task>> known = remembered(id);
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Task> read = Optional.empty();
    try {
      read = Optional.of(tasks.task(id));
    } catch (InvalidTaskException e) {
      // Its options are not known any more.
    } catch (PortException e) {
      if (e.retryable()) {
        throw e;
      }
    }
    remember(id, read);
    return read;
  }

  /** A task as it was read last; empty if this process has not read it. */
  Optional<Task> lastRead(TaskId id) {
    return remembered(id).flatMap(task -> task);
  }

  private synchronized Optional<Optional<Task>> remembered(TaskId id) {
    return Optional.ofNullable(seen.get(id));
  }

  private synchronized void remember(TaskId id, Optional<Task> task) {
    seen.remove(id);
    seen.put(id, task);
    if (seen.size() > REMEMBERED) {
      seen.remove(seen.keySet().iterator().next());
    }
  }

  /**
   * The source's word on an application; of one that it does not know any more, what a change
   * request tells of it.
   */
  @Override
  public Application application(ApplicationId id) throws InterruptedException {
    try {
      return tasks.application(id);
    } catch (PortException e) {
      if (e.retryable()) {
        throw e;
      }
      return watched(id).orElseThrow(() -> e);
    }
  }

  private Optional<Application> watched(ApplicationId id) {
    return journal.watched().stream()
        .filter(change -> change.application().equals(id))
        .findFirst()
        .map(
            change ->
                new Application(
                    id,
                    id.value(),
                    change.repository(),
                    Optional.of(change.target()),
                    Optional.empty()));
  }
}
