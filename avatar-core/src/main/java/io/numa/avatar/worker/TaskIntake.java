package io.numa.avatar.worker;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.queue.HeldTasks;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;

/** Where a worker gets its tasks from. */
public abstract sealed class TaskIntake {
  private TaskIntake() {}

  /** Polls the topic of the worker's settings. */
  public static TaskIntake topic(MessageSource source) {
    return new Topic(source);
  }

  /**
   * Takes tasks from a queue, each only when there is a slot for it.
   *
   * @param tasks the tasks that the reports of the worker's runner claim, see {@link
   *     io.numa.avatar.queue.ClaimedReports}
   * @param open whether this avatar can carry out a task of a route now
   * @param source tells the tasks' repositories
   */
  public static TaskIntake queue(
      QueueSettings settings, HeldTasks tasks, Predicate<String> open, TaskSource source) {
    return new Queue(settings, tasks, open, new RepositoryLimit(settings.perRepository(), source));
  }

  /** Decides what becomes of tasks after their runs. */
  abstract Completion completion(Inbox inbox, Clock clock);

  abstract Intake of(WorkerSettings settings, WorkerParts parts);

  abstract TaskOrigin origin();

  private static final class Topic extends TaskIntake {
    private final MessageSource source;

    Topic(MessageSource source) {
      this.source = source;
    }

    @Override
    Completion completion(Inbox inbox, Clock clock) {
      return new Completion(inbox, Optional.empty(), Optional.empty(), clock);
    }

    @Override
    Intake of(WorkerSettings settings, WorkerParts parts) {
      WorkerWatch watch = parts.watch();
      var watched = new WatchedSource(source, watch);
      Runnable polls = parts.control()::polls;
      return new TopicPoll(settings, watched, parts.inbox(), watch.clock(), polls);
    }

    @Override
    TaskOrigin origin() {
      return TaskOrigin.BACKEND;
    }
  }

  private static final class Queue extends TaskIntake {
    private final QueueSettings queue;
    private final HeldTasks tasks;
    private final Predicate<String> open;
    private final RepositoryLimit limit;

    Queue(QueueSettings queue, HeldTasks tasks, Predicate<String> open, RepositoryLimit limit) {
      this.queue = queue;
      this.tasks = tasks;
      this.open = open;
      this.limit = limit;
    }

    @Override
    Completion completion(Inbox inbox, Clock clock) {
      return new Completion(inbox, Optional.of(tasks), Optional.of(limit), clock);
    }

    @Override
    Intake of(WorkerSettings settings, WorkerParts parts) {
      return new QueueIntake(settings, queue, tasks, open, parts);
    }

    @Override
    TaskOrigin origin() {
      return TaskOrigin.QUEUE;
    }
  }
}
