package io.numa.avatar.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import okhttp3.Headers;

/** The answers to a request of an agent. */
final class AgentExchange {
  /** Headers of one connection, and what would lead the agent past the gateway. */
  private static final Set<String> NOT_PASSED =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "content-encoding",
          "date",
          "set-cookie",
          "alt-svc",
          "strict-transport-security",
          "location");

  private AgentExchange() {}

  /** Answers with an error of the gateway's own. */
  static void refuse(HttpExchange exchange, Dialect dialect, Refusal refusal) throws IOException {
    RequestBodies.skip(exchange);
    var headers =
        Headers.of(
            // The libraries of OpenAI and Anthropic do not repeat a request then.
            refusal.kind() == Refusal.Kind.INVALID
                ? new String[] {"content-type", "application/json", "x-should-retry", "false"}
                : new String[] {"content-type", "application/json"});
    send(exchange, refusal.kind().status(), headers, dialect.error(refusal).getBytes(UTF_8));
  }

  /** Answers with a body that is already whole. */
  static void send(HttpExchange exchange, int status, Headers headers, byte[] body)
      throws IOException {
    boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    pass(headers, exchange);
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }

  /**
   * Begins an answer whose length is not known. Closing the stream ends the answer. If the handler
   * throws instead, the server closes the connection, and the agent sees that the answer is cut.
   */
  static OutputStream begin(HttpExchange exchange, int status, Headers headers) throws IOException {
    pass(headers, exchange);
    exchange.sendResponseHeaders(status, 0);
    return exchange.getResponseBody();
  }

  private static void pass(Headers headers, HttpExchange exchange) {
    for (String name : headers.names()) {
      if (!NOT_PASSED.contains(name.toLowerCase(ROOT))) {
        exchange.getResponseHeaders().put(name, headers.values(name));
      }
    }
  }
}
