package io.numa.avatar.nats;

import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.deliver.Deliveries;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.queue.Delivery;
import io.numa.avatar.port.queue.TaskDocuments;
import io.numa.avatar.port.queue.TaskQueue;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A queue of tasks on NATS JetStream. It connects when it is first used, and connects again by
 * itself. It makes the streams and consumers that are missing; those that differ from the settings
 * are an error, which is not retryable. Safe for use by several threads.
 */
public final class NatsQueue implements TaskQueue, AutoCloseable {
  private final NatsSettings settings;
  private final Link link;
  private final Deliveries deliveries;

  /**
   * @param time measures leases
   */
  public NatsQueue(NatsSettings settings, TimeSource time) {
    this.settings = settings;
    this.link = new Link(settings);
    var layout = new Layout(settings);
    this.deliveries = new Deliveries(link, new Site(layout), layout, time);
  }

  @Override
  public Optional<Delivery> take(Set<String> routes, Duration wait) throws InterruptedException {
    return deliveries.take(routes, wait);
  }

  @Override
  public Delivery resume(TaskId task) {
    return deliveries.resume(task);
  }

  /** The whole tasks of this queue and their reports, over the same connection. */
  public NatsTasks tasks(TaskDocuments documents) {
    return new NatsTasks(link, settings, documents);
  }

  /** Closes the connection. Later calls fail. */
  @Override
  public void close() {
    link.close();
  }
}
