package io.numa.avatar.port.queue;

import io.numa.avatar.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A queue as bridges see it that publish a backend's tasks to it, and what all bridges together
 * remember. Safe for use by several threads, and by several bridges at a time.
 *
 * <p>Every method blocks, and throws the same exceptions as those of {@link TaskQueue}.
 */
public interface BridgedQueue {
  /** For so long, the queue drops a task that is published again for the same round. */
  Duration DROPS_REPEATS = Duration.ofMinutes(2);

  /** Where a published task is. */
  enum Place {
    /** It waits, or an avatar has it. */
    QUEUED,
    /** It went to the dead letters. */
    BURIED,
    GONE
  }

  /** What is remembered of a task; empty if none was published. */
  Optional<BridgedTask> find(TaskId task) throws InterruptedException;

  /**
   * Remembers a task in place of what has the same revision, or as a new one if that is 0; returns
   * false if another bridge was faster.
   */
  boolean write(TaskId task, BridgedTask now) throws InterruptedException;

  /**
   * Publishes a task; returns false if it waits already, or was published for this round a short
   * time ago.
   */
  boolean publish(TaskId task, String route, int round) throws InterruptedException;

  /**
   * Finds a task in the queue.
   *
   * @param since only later dead letters count
   */
  Place place(TaskId task, Instant since) throws InterruptedException;
}
