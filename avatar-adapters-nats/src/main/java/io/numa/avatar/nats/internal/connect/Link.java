package io.numa.avatar.nats.internal.connect;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.numa.avatar.nats.settings.NatsSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the servers, made when it is first needed. From then on the library connects
 * again by itself, without end. Safe for use by several threads.
 */
public final class Link implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Link.class);

  /** How long a call waits for a connection. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final NatsSettings settings;
  private final LinkEvents events = new LinkEvents();
  private Optional<FutureTask<Session>> opening = Optional.empty();
  private boolean closed;

  public Link(NatsSettings settings) {
    this.settings = settings;
  }

  /** Calls {@code action} after each reconnect, when subscriptions are back. It must not block. */
  public Registration onReconnect(Runnable action) {
    return events.onReconnect(action);
  }

  /**
   * Makes a call, and makes it once more if it got no answer. It is not made without a connection.
   *
   * @param action completes "could not …"
   */
  public <T> T call(String action, Call<T> call) throws InterruptedException {
    try {
      return once(action, call);
    } catch (NoAnswerException e) {
      log.debug("{}; it is tried again", e.getMessage());
      return once(action, call);
    }
  }

  /**
   * Makes a call; the methods of {@link io.numa.avatar.port.queue.TaskQueue} say what it throws.
   */
  public <T> T once(String action, Call<T> call) throws InterruptedException {
    Session session = session(action);
    try {
      return call.make(session);
    } catch (JetStreamApiException e) {
      throw NatsFailures.refused(action, e);
    } catch (IOException | TimeoutException | IllegalStateException e) {
      // The library wraps interrupts, and sets the flag.
      Interrupts.check();
      throw NatsFailures.unanswered(action, e);
    }
  }

  private Session session(String action) throws InterruptedException {
    FutureTask<Session> task = opening();
    try {
      Session session = task.get(opening(settings).toNanos(), NANOSECONDS);
      if (!events.awaitConnected(session.connection(), PATIENCE)) {
        throw new PortException(
            FailureKind.UNAVAILABLE,
            "could not " + action + ": there is no connection to the queue" + events.why());
      }
      return session;
    } catch (ExecutionException e) {
      throw NatsFailures.unconnected(action, e.getCause());
    } catch (TimeoutException e) {
      throw NatsFailures.unconnected(action, e);
    }
  }

  /** The library tries one server after the other, each for so long at most. */
  private static Duration opening(NatsSettings settings) {
    return LinkOptions.CONNECT.multipliedBy(settings.urls().size()).plus(PATIENCE);
  }

  /** The library loses interrupts while it connects, so another thread does it. */
  private synchronized FutureTask<Session> opening() {
    if (closed) {
      throw new IllegalStateException("the queue is closed");
    }
    if (opening.isEmpty() || isLost(opening.get())) {
      var task = new FutureTask<>(this::open);
      opening = Optional.of(task);
      LinkThreads.start("avatar-nats-connect", task);
    }
    return opening.get();
  }

  private static boolean isLost(FutureTask<Session> task) {
    if (!task.isDone()) {
      return false;
    }
    try {
      return task.get().connection().getStatus() == Connection.Status.CLOSED;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Session open() throws IOException, InterruptedException {
    Options options = LinkOptions.of(settings, events);
    try {
      Connection connection = Nats.connect(options);
      closeIfLate(connection);
      var limits = JetStreamOptions.builder().requestTimeout(Session.ANSWER).build();
      return new Session(
          connection, connection.jetStream(limits), connection.jetStreamManagement(limits));
    } catch (AuthenticationException e) {
      throw new UnauthorizedException("could not log in to the queue: " + e.getMessage());
    } catch (IOException e) {
      throw new IOException("no connection to " + settings.urls() + events.lastWords(), e);
    }
  }

  private synchronized void closeIfLate(Connection connection) throws InterruptedException {
    if (closed) {
      connection.close();
      throw new PortException(FailureKind.UNAVAILABLE, "could not connect: the queue is closed");
    }
  }

  /** Closes the connection. Later calls fail. */
  @Override
  public void close() {
    Optional<FutureTask<Session>> last;
    synchronized (this) {
      closed = true;
      last = opening;
    }
    if (last.isPresent() && last.get().isDone()) {
      try {
        last.get().get().connection().close();
      } catch (ExecutionException e) {
        log.debug("There was no connection to close", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
