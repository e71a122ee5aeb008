package io.numa.avatar.port;

import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;

/**
 * Reads tasks and their applications. Reading changes nothing. The {@link MessageSource} announces
 * which tasks to read. Safe for use by several threads.
 *
 * <p>Every method blocks, and throws {@link PortException}: {@link UnauthorizedException} if the
 * backend refused our credentials, {@link NotFoundException} if the task or application does not
 * exist, a retryable one if the source could not be reached or gave no valid answer after several
 * tries. {@link InterruptedException} means that the thread was interrupted while waiting.
 */
public interface TaskSource {
  /**
   * Gives the current state of the task.
   *
   * @throws InvalidTaskException if a field is missing or not valid. An invalid plan does not cause
   *     it: such a plan is returned as {@link io.numa.avatar.plan.PlanSource.Invalid}.
   */
  Task task(TaskId id) throws InterruptedException;

  /**
   * Gives the application of a task.
   *
   * @throws PortException of kind {@code INVALID_TASK} if a field is missing or not valid
   */
  Application application(ApplicationId id) throws InterruptedException;
}
