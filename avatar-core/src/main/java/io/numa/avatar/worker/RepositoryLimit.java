package io.numa.avatar.worker;

import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets at most so many tasks at a time work on a repository. Safe for use by several threads.
 *
 * <p>Only a task and its application tell its repository. What cannot be read passes: the run then
 * reports what is wrong with it.
 */
final class RepositoryLimit {
  private final int most;
  private final TaskSource tasks;
  private final Map<RepositoryUrl, Integer> running = new HashMap<>();

  RepositoryLimit(int most, TaskSource tasks) {
    this.most = most;
    this.tasks = tasks;
  }

  /** A task's place at its repository. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    Place NONE = () -> {};

    @Override
    void close();
  }

  /**
   * Gives the task a place.
   *
   * @throws PortException a retryable one if no place is free, or the source cannot be reached
   */
  Place enter(TaskId task) throws InterruptedException {
    Optional<RepositoryUrl> repository = repository(task);
    if (repository.isEmpty()) {
      return Place.NONE;
    }
    take(repository.get());
    return () -> giveBack(repository.get());
  }

  private Optional<RepositoryUrl> repository(TaskId task) throws InterruptedException {
    try {
      return Optional.of(tasks.application(tasks.task(task).application()).repository());
    } catch (InvalidTaskException e) {
      return Optional.empty();
    } catch (UnauthorizedException e) {
      throw e;
    } catch (PortException e) {
      if (e.retryable()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private synchronized void take(RepositoryUrl repository) {
    int now = running.getOrDefault(repository, 0);
    if (now >= most) {
      throw new PortException(
          FailureKind.UNAVAILABLE,
          "repository "
              + repository
              + " has "
              + (now == 1 ? "a task" : now + " tasks")
              + " already");
    }
    running.put(repository, now + 1);
  }

  private synchronized void giveBack(RepositoryUrl repository) {
    running.computeIfPresent(repository, (same, count) -> count > 1 ? count - 1 : null);
  }
}
