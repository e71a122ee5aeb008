package io.numa.avatar.testkit.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry on loopback. It answers with what was put into it, and with 401 to every request
 * without the login that it demands. It takes no packages, and remembers all requests.
 */
public final class RegistryDouble implements AutoCloseable {
  /** What a path answers with; not a record, as it holds an array. */
  private static final class Document {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Document(int status, Map<String, String> headers, byte[] body) {
      this.status = status;
      this.headers = Map.copyOf(headers);
      this.body = body.clone();
    }

    private static Document empty(int status, Map<String, String> headers) {
      return new Document(status, headers, new byte[0]);
    }
  }

  private record Demand(String header, String value) {}

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final Map<String, Document> documents = new ConcurrentHashMap<>();
  private final List<SeenRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Optional<Demand> demand = Optional.empty();

  private RegistryDouble(HttpServer server) {
    this.server = server;
  }

  /** Begins to listen on a port of the system's choice. */
  public static RegistryDouble start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0);
    var registry = new RegistryDouble(HttpServer.create(address, 0));
    registry.server.setExecutor(registry.threads);
    registry.server.createContext("/", registry::serve);
    registry.server.start();
    return registry;
  }

  /** Demands a header of every request from now on. */
  public RegistryDouble demand(String header, String value) {
    demand = Optional.of(new Demand(header, value));
    return this;
  }

  public RegistryDouble put(String path, String mediaType, byte[] body) {
    return put(path, 200, Map.of("Content-Type", mediaType), body);
  }

  public RegistryDouble put(String path, String mediaType, String body) {
    return put(path, mediaType, body.getBytes(UTF_8));
  }

  /** Answers a path, which may have a query, in any way. */
  public RegistryDouble put(String path, int status, Map<String, String> headers, byte[] body) {
    documents.put(path, new Document(status, headers, body));
    return this;
  }

  public RegistryDouble redirect(String path, String location) {
    return put(path, 302, Map.of("Location", location), new byte[0]);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** All requests so far. */
  public List<SeenRequest> requests() {
    return List.copyOf(requests);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      SeenRequest request = seen(exchange);
      requests.add(request);
      send(exchange, answer(request));
    }
  }

  private static SeenRequest seen(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String target = exchange.getRequestURI().toString();
    return new SeenRequest(exchange.getRequestMethod(), target, Map.copyOf(headers), body);
  }

  private Document answer(SeenRequest request) {
    boolean allowed =
        demand
            .map(wanted -> request.header(wanted.header()).equals(Optional.of(wanted.value())))
            .orElse(true);
    if (!allowed) {
      return Document.empty(401, Map.of("WWW-Authenticate", "Basic realm=\"double\""));
    }
    Document found = documents.get(request.target());
    return found == null ? Document.empty(404, Map.of()) : found;
  }

  private static void send(HttpExchange exchange, Document document) throws IOException {
    document.headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean empty = document.body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + document.body.length);
    }
    exchange.sendResponseHeaders(document.status, empty ? -1 : document.body.length);
    if (!empty) {
      exchange.getResponseBody().write(document.body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
