package io.numa.avatar.testkit.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.numa.avatar.testkit.model.Answer.Delivery;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongFunction;

/** A request over HTTP, and the answer to it. Not thread-safe. */
final class ModelExchange {
  private static final int MAX_BODY = 64 << 20;

  private final HttpExchange exchange;
  private final CountDownLatch closed;

  /**
   * @param closed falls when the server is closed
   */
  ModelExchange(HttpExchange exchange, CountDownLatch closed) {
    this.exchange = exchange;
    this.closed = closed;
  }

  /** Reads the request, up to 64 MiB, which still needs its number. */
  LongFunction<ModelRequest> request() throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(ROOT), List.copyOf(values)));
    URI uri = exchange.getRequestURI();
    String body = new String(exchange.getRequestBody().readNBytes(MAX_BODY), UTF_8);
    return number ->
        new ModelRequest(
            number,
            Route.dialect(uri.getPath()),
            exchange.getRequestMethod(),
            uri.getPath(),
            query(uri),
            headers,
            body);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(
            URLDecoder.decode(parts[0], UTF_8),
            parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
      }
    }
    return query;
  }

  void send(int status, JsonNode body) throws IOException {
    send(status, Map.of(), body.toString());
  }

  void send(int status, Map<String, String> headers, String body) throws IOException {
    byte[] bytes = exchange.getRequestMethod().equals("HEAD") ? new byte[0] : body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  /** Sends an answer that is no stream; a slow one comes after one gap. */
  void send(JsonNode body, Delivery delivery) throws IOException, InterruptedException {
    if (delivery instanceof Delivery.BrokenOff) {
      throw new IOException("the script breaks off here");
    }
    if (delivery instanceof Delivery.Slowly slowly) {
      pause(slowly);
    }
    send(200, body);
  }

  /** Returns whether the server was closed meanwhile. */
  private boolean pause(Delivery.Slowly slowly) throws InterruptedException {
    return closed.await(slowly.gap().toNanos(), NANOSECONDS);
  }

  /** Sends the events; a caller that has gone ends this with an exception. */
  void stream(List<Wire.Frame> frames, Delivery delivery) throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    List<Wire.Frame> sent =
        delivery instanceof Delivery.BrokenOff ? frames.subList(0, frames.size() / 2) : frames;
    OutputStream out = exchange.getResponseBody();
    for (Wire.Frame frame : sent) {
      out.write(frame.text().getBytes(UTF_8));
      out.flush();
      if (delivery instanceof Delivery.Slowly slowly && pause(slowly)) {
        return;
      }
    }
    if (delivery instanceof Delivery.BrokenOff) {
      throw new IOException("the script breaks off here");
    }
  }

  void awaitClose() throws InterruptedException {
    closed.await();
  }
}
