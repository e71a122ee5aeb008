package io.numa.avatar.telemetry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector on loopback, which keeps what it gets. */
final class Collector implements AutoCloseable {
  private final HttpServer server;
  private final List<Seen> requests = new CopyOnWriteArrayList<>();

  private Collector(HttpServer server) {
    this.server = server;
  }

  /**
   * A request as it arrived.
   *
   * @param bytes its body, each byte a character
   */
  record Seen(String path, Headers headers, String bytes) {
    byte[] body() {
      return bytes.getBytes(ISO_8859_1);
    }
  }

  /** Answers each request alike. */
  static Collector answering(int status, Map<String, String> headers) throws IOException {
    var collector =
        new Collector(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    collector.server.createContext("/", exchange -> collector.answer(exchange, status, headers));
    collector.server.start();
    return collector;
  }

  static Collector answering(int status) throws IOException {
    return answering(status, Map.of());
  }

  private void answer(HttpExchange exchange, int status, Map<String, String> headers)
      throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
    requests.add(new Seen(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), body));
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Seen> requests() {
    return List.copyOf(requests);
  }

  List<SeenSpan> spans() {
    return requests.stream().flatMap(request -> SeenSpan.in(request.body()).stream()).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
