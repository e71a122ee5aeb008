package io.numa.avatar.nats.internal.connect;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the library tells of a connection. Safe for use by several threads. */
final class LinkEvents implements ConnectionListener, ErrorListener {
  private static final Logger log = LoggerFactory.getLogger(LinkEvents.class);

  /** The library tells of failures on a thread of its own, and of the close after them. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Runnable> onReconnect = new CopyOnWriteArrayList<>();
  private volatile String why = "";

  /** Guarded by the lock. */
  private boolean closed;

  Registration onReconnect(Runnable action) {
    onReconnect.add(action);
    return () -> onReconnect.remove(action);
  }

  /** Why there is no connection, as the end of a message; empty if it is not known. */
  String why() {
    return why;
  }

  /** As {@link #why}, of a connection that was closed because it could not be made. */
  String lastWords() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = LAST_WORDS.toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      closed = false;
      return why;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there is a connection; returns whether there is one. */
  boolean awaitConnected(Connection connection, Duration limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = limit.toNanos();
      while (isComing(connection) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return connection.getStatus() == Connection.Status.CONNECTED;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isComing(Connection connection) {
    return switch (connection.getStatus()) {
      case CONNECTING, RECONNECTING, DISCONNECTED -> true;
      default -> false;
    };
  }

  /** The library demands this method of old, and calls the other one. */
  @Override
  @SuppressWarnings("deprecation")
  public void connectionEvent(Connection connection, Events event) {
    throw new UnsupportedOperationException();
  }

  /** Calls of a listener come one after the other, on one thread. */
  @Override
  public void connectionEvent(Connection connection, Events event, Long when, String server) {
    log.debug("Connection to the queue: {}", event);
    switch (event) {
      case CONNECTED, RECONNECTED -> why = "";
      case RESUBSCRIBED -> onReconnect.forEach(Runnable::run);
      default -> {}
    }
    lock.lock();
    try {
      closed = event == Events.CLOSED;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void errorOccurred(Connection connection, String error) {
    why = ": " + error;
    log.debug("The queue's server said: {}", error);
  }

  @Override
  public void exceptionOccurred(Connection connection, Exception failure) {
    why = ": " + NatsFailures.reason(failure);
    log.debug("The connection to the queue failed", failure);
  }
}
