package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** An HTTP server on loopback that can misbehave. */
final class LoopbackServer implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int THREADS = 64;

  static {
    // Without this, every small answer waits 40 ms for the client to acknowledge the headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final InetSocketAddress address;
  private final ExecutorService threads;
  private final Handler handler;
  private final Faults faults;
  private final CountDownLatch closed = new CountDownLatch(1);
  private HttpServer server;

  /** Reserves the port while the server is down, so that no other program gets it. */
  private @Nullable Socket placeholder;

  /** Handles the requests of a server. */
  interface Handler {
    /** Receives every request, including those that meet a fault. */
    void notice(BackendRequest request);

    Reply handle(BackendRequest request) throws InterruptedException;
  }

  private LoopbackServer(HttpServer server, Handler handler, Faults faults) {
    this.server = server;
    this.address = server.getAddress();
    this.handler = handler;
    this.faults = faults;
    this.threads = threads(address.getPort());
  }

  static LoopbackServer start(Handler handler, Faults faults) throws IOException {
    var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0);
    var server = new LoopbackServer(HttpServer.create(address, 0), handler, faults);
    server.listen();
    return server;
  }

  private void listen() {
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /**
   * Closes all connections. When this method returns, the server refuses new ones. Further calls do
   * nothing.
   */
  void leave() throws IOException {
    lock.lock();
    try {
      if (placeholder == null) {
        server.stop(0);
        placeholder = Ports.hold(address);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Listens again on the same port. */
  void comeBack() throws IOException {
    lock.lock();
    try {
      if (placeholder != null) {
        placeholder.close();
        placeholder = null;
        server = Ports.listen(address);
        listen();
      }
    } finally {
      lock.unlock();
    }
  }

  private static ExecutorService threads(int port) {
    var numbers = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              String name = "numa-backend-" + port + "-" + numbers.incrementAndGet();
              var thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  private void serve(HttpExchange exchange) throws IOException {
    // Closing an exchange that was not answered closes its connection.
    try (exchange) {
      BackendRequest request = request(exchange);
      Optional<Reply> reply = reply(request, faults.take(request));
      if (reply.isPresent()) {
        send(exchange, reply.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<Reply> reply(BackendRequest request, Optional<Fault> fault)
      throws InterruptedException {
    handler.notice(request);
    if (fault.isEmpty()) {
      return Optional.of(handler.handle(request));
    }
    if (fault.get() instanceof Fault.Answers answers) {
      return Optional.of(new Reply(answers.status(), answers.headers(), answers.body()));
    }
    if (fault.get() instanceof Fault.LimitsBodies limit) {
      Fault.Answers refusal = (Fault.Answers) Fault.page(413);
      return Optional.of(
          request.body().getBytes(UTF_8).length > limit.bytes()
              ? new Reply(refusal.status(), refusal.headers(), refusal.body())
              : handler.handle(request));
    }
    if (fault.get() instanceof Fault.AnswersEmpty) {
      if (!request.method().equals("GET")) {
        handler.handle(request);
      }
      return Optional.of(new Reply(204, Map.of(), ""));
    }
    if (fault.get() instanceof Fault.LosesTheAnswer) {
      handler.handle(request);
    } else if (fault.get() instanceof Fault.Stalls stalls) {
      closed.await(stalls.silence().toSeconds(), SECONDS);
    }
    return Optional.empty();
  }

  private static BackendRequest request(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(ROOT), List.copyOf(values)));
    URI uri = exchange.getRequestURI();
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream sent = exchange.getRequestBody();
    String body = new String((zipped ? new GZIPInputStream(sent) : sent).readAllBytes(), UTF_8);
    return new BackendRequest(
        exchange.getRequestMethod(), uri.getRawPath(), query(uri), headers, body);
  }

  private static Map<String, String> query(URI uri) {
    var query = new HashMap<String, String>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        String value = parts.length == 2 ? parts[1] : "";
        query.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(value, UTF_8));
      }
    }
    return query;
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    byte[] plain = reply.body().getBytes(UTF_8);
    byte[] body = "gzip".equals(reply.headers().get("Content-Encoding")) ? zip(plain) : plain;
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] zip(byte[] plain) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(plain);
    }
    return zipped.toByteArray();
  }

  @Override
  public void close() {
    closed.countDown();
    lock.lock();
    try {
      server.stop(0);
      if (placeholder != null) {
        placeholder.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
      threads.shutdownNow();
    }
  }
}
