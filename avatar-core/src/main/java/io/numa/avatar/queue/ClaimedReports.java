package io.numa.avatar.queue;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.Lease;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.time.Durations;
import java.util.Optional;

/**
 * Reports of tasks from a queue. The first report of an attempt claims its task, at the queue
 * first; renewals renew both leases, if the backend grants one, too. Reports of other tasks pass
 * through. As safe for use by several threads as the reporter behind it.
 */
public final class ClaimedReports implements StatusReporter {
  private final HeldTasks held;
  private final StatusReporter reporter;
  private final TaskSource tasks;

  /**
   * @param tasks tells before each push whether the task has ended meanwhile
   */
  public ClaimedReports(HeldTasks held, StatusReporter reporter, TaskSource tasks) {
    this.held = held;
    this.reporter = reporter;
    this.tasks = tasks;
  }

  private interface Request {
    Optional<Lease> send() throws InterruptedException;
  }

  @Override
  public Optional<Lease> report(Attempt attempt, StatusUpdate update) throws InterruptedException {
    Optional<HeldTask> task = held.find(attempt.task());
    if (task.isEmpty()) {
      return reporter.report(attempt, update);
    }
    Lease ours = task.get().claim(attempt);
    if (update.finishedAt().isPresent()) {
      task.get().keep(attempt);
      // Another avatar may have taken the task over while this one was restarted.
      task.get().confirm(attempt);
    }
    return Optional.of(both(ours, sent(task.get(), () -> reporter.report(attempt, update))));
  }

  @Override
  public Optional<Lease> renew(Attempt attempt, StatusUpdate lastSent, long count)
      throws InterruptedException {
    Optional<HeldTask> task = held.find(attempt.task());
    if (task.isEmpty()) {
      return reporter.renew(attempt, lastSent, count);
    }
    Lease ours = task.get().renew(attempt);
    if (!task.get().mayHaveLeaseAtBackend()) {
      // One that is away must not end the lease at the queue.
      return Optional.of(ours);
    }
    return Optional.of(
        both(ours, sent(task.get(), () -> reporter.renew(attempt, lastSent, count))));
  }

  @Override
  public void confirm(Attempt attempt) throws InterruptedException {
    Optional<HeldTask> task = held.find(attempt.task());
    if (task.isEmpty()) {
      reporter.confirm(attempt);
      return;
    }
    TaskState state = state(attempt);
    if (state.isOver()) {
      throw new TaskTakenException("its status is " + state + " by now");
    }
    task.get().confirm(attempt);
  }

  private TaskState state(Attempt attempt) throws InterruptedException {
    try {
      return tasks.task(attempt.task()).state();
    } catch (InvalidTaskException e) {
      return e.state();
    }
  }

  @Override
  public void append(Attempt attempt, LogChunk chunk) throws InterruptedException {
    reporter.append(attempt, chunk);
  }

  private static Optional<Lease> sent(HeldTask task, Request request) throws InterruptedException {
    try {
      Optional<Lease> granted = request.send();
      task.answered(granted.isPresent());
      return granted;
    } catch (TaskTakenException e) {
      task.takenAtBackend();
      throw e;
    }
  }

  /** The shorter one of two leases, with the epoch that the backend wants to see. */
  private static Lease both(Lease ours, Optional<Lease> granted) {
    return granted
        .map(
            lease -> new Lease(Durations.shorter(ours.duration(), lease.duration()), lease.epoch()))
        .orElse(ours);
  }
}
