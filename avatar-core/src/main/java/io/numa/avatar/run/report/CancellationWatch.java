package io.numa.avatar.run.report;

import io.numa.avatar.port.InvalidTaskException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.time.Background;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the running task at intervals, and stops it if it was cancelled at the backend. */
public final class CancellationWatch implements Runnable {
  static final String CANCELLED = "cancelled at the backend";

  private static final Logger log = LoggerFactory.getLogger(CancellationWatch.class);

  private final Cancellation cancellation;
  private final TaskId task;
  private final TaskSource tasks;
  private final Duration interval;
  private final Consumer<Task> seen;

  /**
   * @param seen gets the task as it was read each time
   */
  public CancellationWatch(
      Cancellation cancellation,
      TaskId task,
      TaskSource tasks,
      Duration interval,
      Consumer<Task> seen) {
    this.cancellation = cancellation;
    this.task = task;
    this.tasks = tasks;
    this.interval = interval;
    this.seen = seen;
  }

  /** Checks until the task is cancelled or the thread is interrupted. */
  @Override
  public void run() {
    try {
      do {
        Background.pause(interval);
      } while (state() != TaskState.CANCELLED);
      cancellation.stop(Cancellation.Cause.CANCELLED, CANCELLED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UnauthorizedException e) {
      log.error("The backend can no longer cancel task {}: {}", task, e.getMessage());
    }
  }

  private TaskState state() throws InterruptedException {
    try {
      Task now = tasks.task(task);
      seen.accept(now);
      return now.state();
    } catch (InvalidTaskException e) {
      return e.state();
    } catch (UnauthorizedException e) {
      throw e;
    } catch (PortException e) {
      log.debug("Could not check whether task {} was cancelled: {}", task, e.getMessage());
      return TaskState.UNKNOWN;
    }
  }
}
