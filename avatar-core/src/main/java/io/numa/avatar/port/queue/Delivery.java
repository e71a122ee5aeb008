package io.numa.avatar.port.queue;

import java.time.Duration;

/**
 * One task that a queue has given to this avatar. It ends by exactly one of {@link #settle}, {@link
 * #giveBack} and {@link #bury}; without any of them, and without a renewed {@link #claim}, the
 * queue gives the task to another avatar when the lease is over. Safe for use by several threads.
 *
 * <p>The methods throw the same exceptions as those of {@link TaskQueue}.
 */
public interface Delivery {
  QueuedMessage message();

  /** The claim of the task, which the delivery alone is not yet. */
  TaskClaim claim();

  /**
   * Ends the task: no avatar gets it again.
   *
   * @throws io.numa.avatar.port.TaskTakenException if another avatar has the task by now; it keeps
   *     it
   */
  void settle() throws InterruptedException;

  /**
   * Gives the task back, for this or another avatar. Its claim does not count. Does nothing if
   * another avatar may have the task by now.
   *
   * @param delay how long no avatar gets it
   */
  void giveBack(Duration delay) throws InterruptedException;

  /**
   * Moves the task to the dead letters; no avatar gets it again.
   *
   * @param reason why it cannot be carried out, for people
   */
  void bury(String reason) throws InterruptedException;
}
