package io.numa.avatar.port;

import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Delivers the messages that announce tasks. The {@link TaskSource} gives the tasks and their
 * states. Safe for use by several threads.
 *
 * <p>A poll removes nothing: a source may show the same message at every poll. A queue, which gives
 * each message to one avatar, can become a source later. Its poll would deliver messages, and this
 * interface would get methods by which the worker renews, settles or returns a delivery.
 *
 * <p>Every method blocks. The methods throw the same exceptions as those of {@link TaskSource}.
 */
public interface MessageSource {
  /** Finds the topic called {@code name}. */
  TopicId topic(String name) throws InterruptedException;

  /**
   * Whether the messages have a fixed order, in which new ones come last. A source without one
   * shows at every poll all that is new as far as the journal knows. Asked after {@link #topic}.
   */
  default boolean ordersMessages() {
    return true;
  }

  /**
   * Gives the messages of the topic, oldest first. A source that can wait blocks until there is a
   * new message.
   *
   * @param after the last message already seen; a source may show that one and earlier ones again
   * @param wait how long to wait at most; a source that cannot wait answers at once
   */
  List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait)
      throws InterruptedException;
}
