package io.numa.avatar.port;

import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Delivers the messages that announce tasks. What a task is, and where it stands, says the {@link
 * TaskSource}. Safe for use by several threads.
 *
 * <p>A poll removes nothing: a source may show the same message at every poll. A queue, which gives
 * each message to one avatar, is to be a source too: a poll delivers, and methods are added here by
 * which the worker renews a delivery, settles it, or gives it back.
 *
 * <p>Every method blocks, and fails as the methods of {@link TaskSource} do.
 */
public interface MessageSource {
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
}
