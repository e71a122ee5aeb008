package io.numa.avatar.metric;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Counts the polls of a source. */
public final class MeasuredMessages implements MessageSource {
  private final MessageSource source;
  private final CountedPolls polls;

  public MeasuredMessages(MessageSource source, Metrics metrics) {
    this.source = source;
    this.polls = new CountedPolls(metrics);
  }

  @Override
  public TopicId topic(String name) throws InterruptedException {
    return source.topic(name);
  }

  @Override
  public boolean ordersMessages() {
    return source.ordersMessages();
  }

  @Override
  public List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait)
      throws InterruptedException {
    return polls.counted(() -> source.poll(topic, after, wait), List::isEmpty);
  }
}
