package io.numa.avatar.port;

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

/**
 * Where tasks come from. Nothing is taken by reading: a source may show the same message at every
 * poll, and asking twice changes nothing. Safe for use by several threads.
 *
 * <p>Every method blocks, and throws {@link PortException}: {@link UnauthorizedException} where our
 * credentials were refused, {@link NotFoundException} where the thing does not exist, a retryable
 * one where the source was out of reach or made no sense after several tries. {@link
 * InterruptedException} means that the thread was interrupted while it waited.
 */
public interface TaskSource {
  /** Finds the topic called {@code name}. */
  TopicId topic(String name) throws InterruptedException;

  /**
   * Gives what the topic holds, oldest first, waiting for something new if the source can do that.
   *
   * @param after the last message already seen; a source may show that one and earlier ones again
   * @param wait how long to wait at most; a source that cannot wait answers at once
   */
  List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait)
      throws InterruptedException;

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
