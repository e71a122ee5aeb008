package io.numa.avatar.egress.registry.serving;

import io.numa.avatar.time.Waiter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.HttpProcessors;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.HttpService;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.support.BasicHttpServerRequestHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one handler over HTTP on a UNIX socket, one thread for each connection. */
final class RegistryServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);

  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(16 << 10).setMaxHeaderCount(100).build();

  private static final Duration RETRY = Duration.ofMillis(200);

  private final Waiter waiter = new Waiter();
  private final Path path;
  private final ServerSocketChannel channel;
  private final HttpService service;
  private final ScheduledExecutorService timer;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private RegistryServer(
      Path path,
      ServerSocketChannel channel,
      HttpRequestHandler handler,
      ScheduledExecutorService timer) {
    this.path = path;
    this.channel = channel;
    this.timer = timer;
    this.service =
        new HttpService(
            HttpProcessors.server("numa-avatar"),
            new BasicHttpServerRequestHandler((request, context) -> handler));
  }

  /**
   * Listens.
   *
   * @param path where the socket is made; its folder lets only the avatar's user in
   * @param threads one for listening, and one for each connection; may reject a connection
   * @param timer for closing connections
   */
  static RegistryServer start(
      Path path, HttpRequestHandler handler, Executor threads, ScheduledExecutorService timer)
      throws IOException {
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    var server = new RegistryServer(path, channel, handler, timer);
    try {
      Files.deleteIfExists(path); // a process that was killed left it
      channel.bind(UnixDomainSocketAddress.of(path));
      threads.execute(() -> server.accept(threads));
      return server;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void accept(Executor threads) {
    while (channel.isOpen()) {
      try {
        SocketChannel connection = channel.accept();
        connections.add(connection);
        if (channel.isOpen()) {
          start(connection, threads);
        } else {
          close(connection); // close() may have missed it
        }
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.warn("Could not accept a connection to {}", path, e);
        pause();
      }
    }
  }

  private void start(SocketChannel connection, Executor threads) {
    try {
      threads.execute(() -> serve(connection));
    } catch (RejectedExecutionException e) {
      close(connection);
    }
  }

  /** Files may be used up for a while. */
  private void pause() {
    try {
      waiter.pause(RETRY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
    }
  }

  private void serve(SocketChannel channel) {
    try (var connection = connection()) {
      connection.bind(new StreamSocket(channel));
      while (connection.isOpen()) {
        exchange(connection, channel);
      }
    } catch (IOException | HttpException | RejectedExecutionException e) {
      LOG.debug("A connection to {} ended", path, e);
    } finally {
      close(channel);
    }
  }

  /** The reader of heads has to be told the limits; the connection does not pass them on. */
  private static DefaultBHttpServerConnection connection() {
    return new DefaultBHttpServerConnection(
        "http", LIMITS, null, null, null, null, new DefaultHttpRequestParserFactory(LIMITS), null);
  }

  private void exchange(DefaultBHttpServerConnection connection, SocketChannel channel)
      throws IOException, HttpException {
    try (var exchange = new Connection(() -> close(channel), timer)) {
      service.handleRequest(connection, exchange.context());
    }
  }

  private void close(SocketChannel connection) {
    connections.remove(connection);
    try {
      connection.close();
    } catch (IOException e) {
      LOG.debug("Could not close a connection to {}", path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.warn("Could not close {}", path, e);
    }
    connections.forEach(this::close);
  }
}
