package io.numa.avatar.agent.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.agent.AgentUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session's gateway on a loopback port of its own, by the JDK's HTTP server. */
final class LoopbackSession implements GatewaySession {
  /** How many requests of an agent are answered at a time; further ones wait. */
  private static final int THREADS = 32;

  private static final int WAITING = 256;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final Logger log = LoggerFactory.getLogger(LoopbackSession.class);

  static {
    // Without this, a small piece of a stream may wait 40 ms until the agent has acknowledged the
    // one before. The JDK reads it when the process makes its first server.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final SessionParts parts;
  private final ModelProxy proxy;
  private final HttpServer server;
  private final ExecutorService threads;
  private final AtomicBoolean closed = new AtomicBoolean();

  private LoopbackSession(SessionParts parts, HttpServer server) {
    this.parts = parts;
    this.proxy = new ModelProxy(parts);
    this.server = server;
    this.threads = threads(server.getAddress().getPort());
  }

  /**
   * Listens.
   *
   * @throws IOException if there is no port
   */
  static LoopbackSession start(SessionParts parts) throws IOException {
    var anyPort = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0);
    var session = new LoopbackSession(parts, HttpServer.create(anyPort, 0));
    session.server.setExecutor(session.threads);
    session.server.createContext("/", session::answer);
    session.server.start();
    return session;
  }

  private static ExecutorService threads(int port) {
    var numbers = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              var thread =
                  new Thread(task, "avatar-model-" + port + "-" + numbers.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /**
   * Answers a request. The server closes the connection if this throws an exception, but not if it
   * throws an error; and it must not be closed as if the answer were whole.
   */
  private void answer(HttpExchange exchange) throws IOException {
    try {
      proxy.answer(exchange);
    } catch (RuntimeException | Error e) {
      log.error("Internal error in the gateway to a model", e);
      throw new IOException("internal error", e);
    }
  }

  @Override
  public URI address() {
    return parts.address().at(server.getAddress());
  }

  @Override
  public Secret placeholder() {
    return parts.credentials().placeholder();
  }

  @Override
  public AgentUsage used() {
    return parts.meter().used();
  }

  @Override
  public void limit(OptionalLong turns, OptionalLong tokens, Optional<BigDecimal> cost) {
    parts.meter().bind(new Meter.Bounds(turns, tokens, cost));
  }

  @Override
  public void note(String text) {
    parts.notes().add(text);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      parts.events().close();
      parts.host().close();
      server.stop(0);
      threads.shutdownNow();
      parts.recorder().ifPresent(Recorder::close);
    }
  }
}
