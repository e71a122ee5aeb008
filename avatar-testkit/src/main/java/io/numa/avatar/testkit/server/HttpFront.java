package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Git's smart HTTP protocol. */
final class HttpFront implements AutoCloseable {
  private static final Pattern REFS = Pattern.compile("/(.+?)\\.git/info/refs");
  private static final Pattern CALL =
      Pattern.compile("/(.+?)\\.git/(git-upload-pack|git-receive-pack)");
  private static final Pattern SERVICE =
      Pattern.compile("service=(git-upload-pack|git-receive-pack)");

  private final GitService service;
  private final LfsObjects lfs;
  private final HttpServer server;
  private volatile @Nullable String authorization;

  HttpFront(GitService service, LfsObjects lfs, ExecutorService pool) throws IOException {
    this.service = service;
    this.lfs = lfs;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(pool);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void requirePassword(String user, String password) {
    byte[] login = (user + ":" + password).getBytes(UTF_8);
    authorization = "Basic " + Base64.getEncoder().encodeToString(login);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      // Read the whole body first: a service may leave its end unread, and the JDK's server waits
      // for it.
      byte[] body = body(exchange);
      service.enter();
      String expected = authorization;
      if (expected != null
          && !expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
        exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      try {
        answer(exchange, body);
      } catch (FileNotFoundException e) {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String protocol =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Git-Protocol")).orElse("");
    if (LfsObjects.isFor(path)) {
      sendLfs(exchange, path, body);
      return;
    }
    Matcher refs = REFS.matcher(path);
    Matcher asked =
        SERVICE.matcher(Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
    Matcher call = CALL.matcher(path);
    var out = new ByteArrayOutputStream();
    if (refs.matches() && asked.matches()) {
      service.advertise(asked.group(1), refs.group(1), protocol, out);
      send(exchange, "application/x-" + asked.group(1) + "-advertisement", out);
    } else if (call.matches() && exchange.getRequestMethod().equals("POST")) {
      var in = new ByteArrayInputStream(body);
      boolean tell =
          service.serve(
              call.group(2),
              call.group(1),
              protocol,
              false,
              in,
              out,
              OutputStream.nullOutputStream());
      if (tell) {
        send(exchange, "application/x-" + call.group(2) + "-result", out);
      }
    } else {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  private void sendLfs(HttpExchange exchange, String path, byte[] body) throws IOException {
    String origin = "http://127.0.0.1:" + port();
    LfsObjects.Answer answer = lfs.answer(exchange.getRequestMethod(), origin, path, body);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in =
        zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      return in.readAllBytes();
    }
  }

  private static void send(HttpExchange exchange, String type, ByteArrayOutputStream out)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    exchange.sendResponseHeaders(200, out.size());
    out.writeTo(exchange.getResponseBody());
  }
}
