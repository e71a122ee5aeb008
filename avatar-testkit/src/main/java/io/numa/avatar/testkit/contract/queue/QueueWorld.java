package io.numa.avatar.testkit.contract.queue;

import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import java.time.Duration;
import java.util.Optional;

/** An empty queue that avatars share, as {@link TaskQueueContract} needs it. */
public interface QueueWorld extends AutoCloseable {
  /** How long a task stays with an avatar that does not renew it. */
  Duration lease();

  /** The queue as one of the avatars sees it; asked for again, as after a restart of the avatar. */
  TaskQueue queue(AvatarId avatar);

  /** Publishes a task; returns whether it was added, because it did not wait yet. */
  boolean publish(TaskId task, String route) throws Exception;

  /** Publishes a message that leads to no task. */
  void publishUnreadable(String route) throws Exception;

  /** Why the task is among the dead letters; empty if it is not. */
  Optional<String> deadReason(TaskId task) throws Exception;

  /** How many messages are among the dead letters. */
  int deadLetters() throws Exception;

  /** Lets time pass for the queue. */
  void pass(Duration duration) throws Exception;

  @Override
  void close() throws Exception;
}
