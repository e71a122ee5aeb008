package io.numa.avatar.nats.internal.report;

import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.numa.avatar.nats.internal.connect.LastMessages;
import io.numa.avatar.nats.internal.connect.Link;
import io.numa.avatar.nats.internal.connect.Registration;
import io.numa.avatar.nats.internal.connect.Session;
import io.numa.avatar.nats.internal.layout.Layout;
import io.numa.avatar.nats.internal.layout.ReportLayout;
import io.numa.avatar.nats.internal.layout.Site;
import io.numa.avatar.nats.internal.layout.TaskKey;
import io.numa.avatar.port.PortException;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the reports about one task at a time. Safe for use by several threads. */
public final class TaskFollower {
  private static final Logger log = LoggerFactory.getLogger(TaskFollower.class);

  /** How often it looks whether the connection was lost. */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Link link;
  private final Site tasks;
  private final Site whole;
  private final ReportLayout layout;

  public TaskFollower(Link link, Layout tasks, ReportLayout layout) {
    this.link = link;
    this.tasks = new Site(tasks);
    this.whole = new Site(tasks, layout.whole());
    this.layout = layout;
  }

  /** Takes messages; returns whether one may be the last. */
  public interface Sink {
    boolean take(Message message);
  }

  /** Publishes an order to the avatar that has a task. */
  public void order(TaskKey key, byte[] order) throws InterruptedException {
    link.call(
        "order what becomes of the task",
        session -> {
          prepare(session);
          return session.streams().publish(layout.controlSubject(key), order);
        });
  }

  private void prepare(Session session) throws IOException, JetStreamApiException {
    tasks.prepare(session);
    whole.prepare(session);
  }

  /** See {@link io.numa.avatar.nats.NatsReports#follow}. */
  public void follow(TaskKey key, Sink sink) throws InterruptedException {
    // Of a task that was published again, earlier rounds are over.
    Instant since = published(key).orElse(Instant.EPOCH);
    var reports =
        new MergedReports(
            new ReportFeed(layout.reports(), layout.statusSubject(key), since),
            new ReportFeed(layout.reports(), layout.logSubject(key), since));
    var reconnected = new AtomicBoolean();
    var backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));
    boolean over = false;
    try (Registration registration = link.onReconnect(() -> reconnected.set(true))) {
      while (!over) {
        try {
          reconnected.set(false);
          over = read(key, reports, reconnected, sink);
          backoff.reset();
        } catch (PortException e) {
          if (!e.retryable()) {
            throw e;
          }
          log.warn("{}; it goes on when the queue is back", e.getMessage());
          Background.pause(backoff.next());
        }
      }
    }
  }

  /** Reads until the end, or until the connection was lost; returns whether it was the end. */
  private boolean read(TaskKey key, MergedReports reports, AtomicBoolean reconnected, Sink sink)
      throws InterruptedException {
    return link.once(
        "follow the task",
        session -> {
          prepare(session);
          try {
            reports.open(session);
            return read(key, reports, reconnected, sink, session);
          } finally {
            reports.close(session);
          }
        });
  }

  private boolean read(
      TaskKey key, MergedReports reports, AtomicBoolean reconnected, Sink sink, Session session)
      throws InterruptedException, IOException, JetStreamApiException {
    Optional<Instant> end = Optional.empty();
    while (!reconnected.get()) {
      Optional<Message> message = reports.next(LOOK_EVERY);
      if (message.isPresent()) {
        boolean mayEnd = sink.take(message.get());
        end = mayEnd ? Optional.of(message.get().metaData().timestamp().toInstant()) : end;
      }
      if (end.isPresent() && reports.isComplete(session) && !isAgain(session, key, end.get())) {
        return true;
      }
    }
    return false;
  }

  private boolean isAgain(Session session, TaskKey key, Instant end)
      throws IOException, JetStreamApiException {
    return published(session, key).filter(again -> again.isAfter(end)).isPresent();
  }

  private Optional<Instant> published(TaskKey key) throws InterruptedException {
    return link.call(
        "find the task in the queue",
        session -> {
          prepare(session);
          return published(session, key);
        });
  }

  private Optional<Instant> published(Session session, TaskKey key)
      throws IOException, JetStreamApiException {
    return LastMessages.find(session, layout.settings().stream(), layout.anyTaskSubject(key))
        .map(MessageInfo::getTime)
        .map(time -> time.toInstant());
  }
}
