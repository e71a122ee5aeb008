package io.numa.avatar.run.report;

import io.numa.avatar.task.TaskId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The work of one avatar that is under way, so that an operator can stop it. Thread-safe. */
public final class RunningWork {
  /** Why an attempt ends that the operator has stopped. */
  public static final String STOPPED = "cancelled by the operator";

  /** Empty for a task whose work is over, and whose reports are sent. */
  private final Map<TaskId, Optional<Cancellation>> tasks = new ConcurrentHashMap<>();

  /** The work at a task begins. */
  public void begin(TaskId task, Cancellation cancellation) {
    tasks.put(task, Optional.of(cancellation));
  }

  /** The work at a task is over; only reports remain. */
  public void over(TaskId task) {
    tasks.put(task, Optional.empty());
  }

  /** The reports are sent, too. */
  public void end(TaskId task) {
    tasks.remove(task);
  }

  /** Whether the work at a task is over, and its reports are not. */
  public boolean isOver(TaskId task) {
    Optional<Cancellation> work = tasks.get(task);
    return work != null && work.isEmpty();
  }

  /** Stops the work at a task, if it has begun and is not over. */
  public void stop(TaskId task) {
    tasks
        .getOrDefault(task, Optional.empty())
        .ifPresent(work -> work.stop(Cancellation.Cause.CANCELLED, STOPPED));
  }
}
