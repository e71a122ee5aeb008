package io.numa.avatar.run;

import io.numa.avatar.task.AttemptId;
import java.util.List;

/**
 * The right to work on a task. The runner returns it to the caller as soon as only reporting
 * remains, which lasts as long as the backend is unreachable.
 */
@FunctionalInterface
public interface WorkPermit {
  /** The permit of a caller that does not limit the number of tasks. */
  WorkPermit UNLIMITED = () -> {};

  /** The backend has given us the task. Not called for an attempt of a previous process. */
  default void claimed() {}

  /**
   * Whether a queue has given the task to this avatar alone. A task that is in progress at the
   * backend was then left by an avatar that is gone, and may begin.
   */
  default boolean exclusive() {
    return false;
  }

  /**
   * The attempts at the task that avatars have begun before, the newest last. One of them may have
   * pushed, and may not have been able to report it.
   */
  default List<AttemptId> formerAttempts() {
    return List.of();
  }

  /** Returns the right. Further calls do nothing. */
  void release();
}
