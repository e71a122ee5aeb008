package io.numa.avatar.port;

import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;

/**
 * Knows tasks and their applications. Reading changes nothing. Which tasks there are to look at,
 * the {@link MessageSource} says. Safe for use by several threads.
 *
 * <p>Every method blocks, and throws {@link PortException}: {@link UnauthorizedException} where our
 * credentials were refused, {@link NotFoundException} where the thing does not exist, a retryable
 * one where the source was out of reach or made no sense after several tries. {@link
 * InterruptedException} means that the thread was interrupted while it waited.
 */
public interface TaskSource {
  /**
   * Gives the task as it is now.
   *
   * @throws InvalidTaskException if a field is missing or makes no sense. A plan that breaks its
   *     rules does not: it comes as {@link io.numa.avatar.plan.PlanSource.Invalid}.
   */
  Task task(TaskId id) throws InterruptedException;

  /**
   * Gives the application of a task.
   *
   * @throws PortException of kind {@code INVALID_TASK} if a field is missing or makes no sense
   */
  Application application(ApplicationId id) throws InterruptedException;
}
