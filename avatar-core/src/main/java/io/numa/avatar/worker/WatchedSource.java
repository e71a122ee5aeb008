package io.numa.avatar.worker;

import io.numa.avatar.port.MessageSource;
import io.numa.avatar.task.MessageId;
import io.numa.avatar.task.TaskMessage;
import io.numa.avatar.task.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Notes whether the source of messages answers. */
record WatchedSource(MessageSource source, WorkerWatch watch) implements MessageSource {
  @Override
  public TopicId topic(String name) throws InterruptedException {
    return watch.noted(() -> source.topic(name));
  }

  @Override
  public boolean ordersMessages() {
    return source.ordersMessages();
  }

  @Override
  public List<TaskMessage> poll(TopicId topic, Optional<MessageId> after, Duration wait)
      throws InterruptedException {
    return watch.noted(() -> source.poll(topic, after, wait));
  }
}
