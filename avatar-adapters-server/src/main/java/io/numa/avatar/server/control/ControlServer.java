package io.numa.avatar.server.control;

import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.server.call.OperatorCalls;
import io.numa.avatar.server.http.AnswersUnderWay;
import io.numa.avatar.time.Timers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers at the control socket of this process's avatar, at most {@value #CLIENTS} clients at a
 * time, each by a thread of its own. The caller must close it before the journal.
 */
public final class ControlServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

  /** The most clients at a time; further ones are sent away at once. */
  static final int CLIENTS = 32;

  private static final int QUEUE = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path path;
  private final ServerSocketChannel socket;
  private final UserPrincipal user;
  private final Conversation.Served served;
  private final ScheduledExecutorService watchdog = Timers.daemon("avatar-control-watchdog");
  private final ExecutorService threads = threads();
  private final AnswersUnderWay answers = new AnswersUnderWay();

  private ControlServer(Path path, UserPrincipal user, Conversation.Served served)
      throws IOException {
    this.path = path;
    this.user = user;
    this.served = served;
    this.socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /**
   * Begins to listen. The caller holds the lock of the journal.
   *
   * @param environment may have {@code XDG_RUNTIME_DIR}
   * @throws IOException if the socket cannot be made
   */
  public static ControlServer start(
      ControlSocket place,
      Map<String, String> environment,
      OperatorCalls calls,
      OperationEvents events,
      Clock clock)
      throws IOException {
    return start(
        place,
        environment,
        new Conversation.Served(calls, events, clock, PATIENCE, new CountDownLatch(1)));
  }

  static ControlServer start(
      ControlSocket place, Map<String, String> environment, Conversation.Served served)
      throws IOException {
    Path path = place.prepare(environment);
    var server = new ControlServer(path, place.owner(), served);
    server.socket.bind(UnixDomainSocketAddress.of(path), QUEUE);
    var accepting = new Thread(server::accept, "avatar-control");
    accepting.setDaemon(true);
    accepting.start();
    return server;
  }

  private static ExecutorService threads() {
    var number = new AtomicInteger();
    return new ThreadPoolExecutor(
        0,
        CLIENTS,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          var thread = new Thread(task, "avatar-control-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  private void accept() {
    while (socket.isOpen()) {
      try {
        take(socket.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        log.debug("A client could not come to the control socket: {}", e.toString());
      }
    }
  }

  private void take(SocketChannel client) throws IOException {
    try {
      threads.execute(() -> converse(client));
    } catch (RejectedExecutionException e) {
      client.close();
    }
  }

  private void converse(SocketChannel client) {
    try (var lines = new Lines(client, watchdog)) {
      Peers.require(client, user);
      new Conversation(lines, served, answers.answer()).run();
    } catch (IOException e) {
      log.debug("A client of the control socket has left: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends all conversations, and removes the socket. */
  @Override
  public void close() {
    served.stopped().countDown();
    try (socket) {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      log.warn("Could not remove {}: {}", path, e.toString());
    }
    answers.awaitEnd();
    threads.shutdownNow();
    watchdog.shutdownNow();
  }
}
