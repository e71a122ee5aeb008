package io.numa.avatar.metric;

import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.TaskId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Counts the polls of a queue. */
public final class MeasuredQueue implements TaskQueue {
  private final TaskQueue queue;
  private final Metrics metrics;

  public MeasuredQueue(TaskQueue queue, Metrics metrics) {
    this.queue = queue;
    this.metrics = metrics;
  }

  @Override
  public Optional<Delivery> take(Set<String> routes, Duration wait) throws InterruptedException {
    try {
      Optional<Delivery> taken = queue.take(routes, wait);
      metrics.count(Metric.POLLS, taken.isEmpty() ? "none" : "messages");
      return taken;
    } catch (UnauthorizedException e) {
      metrics.count(Metric.POLLS, "refused");
      throw e;
    } catch (RuntimeException e) {
      metrics.count(Metric.POLLS, "failed");
      throw e;
    }
  }

  @Override
  public Delivery resume(TaskId task) {
    return queue.resume(task);
  }
}
