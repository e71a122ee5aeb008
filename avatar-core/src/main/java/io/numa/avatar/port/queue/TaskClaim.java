package io.numa.avatar.port.queue;

import io.numa.avatar.port.Lease;
import io.numa.avatar.task.AttemptId;
import java.util.List;

/**
 * The claim of a task from a queue. Only one avatar's claim is valid at a time, whatever the engine
 * delivers. Safe for use by several threads.
 *
 * <p>The methods throw the same exceptions as those of {@link TaskQueue}.
 */
public interface TaskClaim {
  /** How often the task was claimed so far, by all avatars together. */
  int count() throws InterruptedException;

  /**
   * The latest attempts that have claimed the task since it was published, by any avatar, the
   * newest last. One of them may have pushed before its avatar was gone.
   */
  List<AttemptId> attempts() throws InterruptedException;

  /**
   * Makes the task this attempt's, and counts the claim. A repeated call for the same attempt
   * counts nothing.
   *
   * @return the lease, which has no epoch: {@link #confirm} takes its place
   * @throws io.numa.avatar.port.TaskTakenException if another avatar has claimed the task since the
   *     delivery, or has ended it
   */
  Lease take(AttemptId attempt) throws InterruptedException;

  /**
   * Renews the lease.
   *
   * @throws io.numa.avatar.port.TaskTakenException if another avatar has the task by now
   */
  Lease renew() throws InterruptedException;

  /**
   * Confirms that the task is still this avatar's, by a write that only its owner can make. Called
   * just before what cannot be undone.
   *
   * @throws io.numa.avatar.port.TaskTakenException if another avatar has the task by now
   */
  void confirm() throws InterruptedException;
}
