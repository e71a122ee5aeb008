package io.numa.avatar.nats;

import io.numa.avatar.nats.internal.bridge.BridgedEntries;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.ReportLayout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.queue.BridgedQueue;
import io.numa.avatar.port.queue.BridgedTask;
import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.Optional;

/**
 * A queue on NATS JetStream as bridges see it. They remember tasks in the bucket {@code
 * numa_bridged}. It connects when it is first used, and makes the streams that are missing. Safe
 * for use by several threads.
 */
public final class NatsBridge implements BridgedQueue, AutoCloseable {
  private final Link link;
  private final Layout layout;
  private final NatsPublisher publisher;
  private final BridgedEntries entries;

  public NatsBridge(NatsSettings settings) {
    this.link = new Link(settings);
    this.layout = new Layout(settings);
    var own = new ReportLayout(settings);
    this.publisher = new NatsPublisher(link, layout);
    this.entries = new BridgedEntries(link, new Site(layout, own.bridge()), own);
  }

  @Override
  public Optional<BridgedTask> find(TaskId task) throws InterruptedException {
    return entries.find(task);
  }

  @Override
  public boolean write(TaskId task, BridgedTask now) throws InterruptedException {
    return entries.write(task, now);
  }

  @Override
  public boolean publish(TaskId task, String route, int round) throws InterruptedException {
    String id = key(task).value() + ":" + round;
    return publisher.publish(task, route, BridgedEntries.message(task), id);
  }

  @Override
  public Place place(TaskId task, Instant since) throws InterruptedException {
    return entries.place(
        task,
        since,
        new BridgedEntries.Subject(layout.deadStream(), layout.deadSubject(key(task))));
  }

  private TaskKey key(TaskId task) {
    return TaskKey.of(layout.settings().backend(), task);
  }

  /** Closes the connection. Later calls fail. */
  @Override
  public void close() {
    link.close();
  }
}
