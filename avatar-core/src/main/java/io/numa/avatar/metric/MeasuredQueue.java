package io.numa.avatar.metric;

import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.TaskId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Counts the polls of a queue. */
public final class MeasuredQueue implements TaskQueue {
  private final TaskQueue queue;
  private final CountedPolls polls;

  public MeasuredQueue(TaskQueue queue, Metrics metrics) {
    this.queue = queue;
    this.polls = new CountedPolls(metrics);
  }

  @Override
  public Optional<Delivery> take(Set<String> routes, Duration wait) throws InterruptedException {
    return polls.counted(() -> queue.take(routes, wait), Optional::isEmpty);
  }

  @Override
  public Delivery resume(TaskId task) {
    return queue.resume(task);
  }
}
