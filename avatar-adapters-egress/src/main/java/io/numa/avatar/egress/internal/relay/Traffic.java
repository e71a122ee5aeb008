package io.numa.avatar.egress.internal.relay;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one sandbox. Its public methods may be called by all threads. */
public final class Traffic implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Traffic.class);
  private static final long LONGEST_END = 5;

  private final Passage passage;
  private final ServerSocketChannel server;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final Runnable expire = this::expire;
  private @Nullable SelectionKey key;

  private Traffic(Passage passage, ServerSocketChannel server) {
    this.passage = passage;
    this.server = server;
  }

  /** Begins to take connections. */
  public static Traffic start(Passage passage, ServerSocketChannel server) {
    var traffic = new Traffic(passage, server);
    passage.reactor().execute(traffic::begin);
    return traffic;
  }

  private void begin() {
    try {
      key = passage.reactor().register(server, SelectionKey.OP_ACCEPT, ready -> accept());
      passage.reactor().everySecond(expire);
    } catch (IOException e) {
      log.error("a sandbox has no network: could not watch its socket", e);
    }
  }

  private void accept() {
    try {
      SocketChannel channel = server.accept();
      if (channel != null) {
        open(channel);
      }
    } catch (IOException e) {
      log.warn("could not take a connection of a sandbox: {}", e.getMessage());
      pause();
    }
  }

  private void open(SocketChannel channel) throws IOException {
    Connection connection;
    try {
      connection = new Connection(passage.reactor(), channel, this::ended);
    } catch (IOException e) {
      Reactor.closeQuietly(channel);
      throw e;
    }
    connections.add(connection);
    connection.become(new LineStage(connection, passage));
    if (connections.size() >= passage.limits().connections()) {
      pause();
    }
  }

  private void ended(Connection connection) {
    connections.remove(connection);
    watch(SelectionKey.OP_ACCEPT);
  }

  /** Takes no connection until one has ended, or a second has passed. */
  private void pause() {
    watch(0);
  }

  private void watch(int operations) {
    if (key != null && key.isValid()) {
      key.interestOps(operations);
    }
  }

  private void expire() {
    new ArrayList<>(connections).forEach(Connection::expire);
    if (connections.size() < passage.limits().connections()) {
      watch(SelectionKey.OP_ACCEPT);
    }
  }

  /** Ends all connections, and takes no more. Waits until it is so. */
  @Override
  public void close() {
    var done = new CountDownLatch(1);
    passage
        .reactor()
        .execute(
            () -> {
              end();
              done.countDown();
            });
    try {
      if (!done.await(LONGEST_END, SECONDS)) {
        log.warn("the connections of a sandbox are still to be closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the reactor closes them all the same
    }
  }

  private void end() {
    passage.reactor().cancel(expire);
    Reactor.closeQuietly(server);
    new ArrayList<>(connections).forEach(Connection::close);
  }
}
