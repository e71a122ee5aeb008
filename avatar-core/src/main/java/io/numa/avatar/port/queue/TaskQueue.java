package io.numa.avatar.port.queue;

import io.numa.avatar.task.TaskId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A queue of tasks that gives each task to one avatar at a time. A delivery that is neither renewed
 * nor settled in time is given to another avatar. Safe for use by several threads.
 *
 * <p>Every method that throws {@link InterruptedException} blocks, and throws {@link
 * io.numa.avatar.port.PortException}: {@link io.numa.avatar.port.UnauthorizedException} if the
 * engine refused our credentials, a retryable one if the engine could not be reached.
 */
public interface TaskQueue {
  /**
   * Takes the next task. A message that leads to no task goes to the dead letters with the reason,
   * and does not end the call.
   *
   * @param routes the routes to take it from; not empty
   * @param wait how long to wait for a task at most
   * @return empty if there was none
   */
  Optional<Delivery> take(Set<String> routes, Duration wait) throws InterruptedException;

  /**
   * The delivery of a task that this avatar claimed before it was restarted. Asks nothing of the
   * engine: {@link TaskClaim#take} finds out whether the task is still this avatar's.
   */
  Delivery resume(TaskId task);
}
