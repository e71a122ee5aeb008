package io.numa.avatar.agent.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Locale.ROOT;

import com.sun.net.httpserver.HttpExchange;
import io.numa.avatar.agent.gateway.internal.dialect.Dialect;
import io.numa.avatar.agent.gateway.internal.dialect.Refusal;
import io.numa.avatar.run.secret.Redactor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import okhttp3.Headers;

/**
 * A request of an agent, and the answers to it.
 *
 * @param keyRedactor hides the model's key from the agent
 */
record AgentExchange(HttpExchange exchange, Redactor keyRedactor) {
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

  String method() {
    return exchange.getRequestMethod();
  }

  /** Answers with an error of the gateway's own. */
  void refuse(Dialect dialect, Refusal refusal) throws IOException {
    RequestBodies.skip(exchange);
    var headers =
        Headers.of(
            // The libraries of OpenAI and Anthropic do not repeat a request then.
            refusal.kind() == Refusal.Kind.INVALID
                ? new String[] {"content-type", "application/json", "x-should-retry", "false"}
                : new String[] {"content-type", "application/json"});
    send(refusal.kind().status(), headers, dialect.error(refusal).getBytes(UTF_8));
  }

  /** Answers with a body that is already whole. */
  void send(int status, Headers headers, byte[] body) throws IOException {
    boolean empty = body.length == 0 || method().equals("HEAD");
    pass(headers);
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
  OutputStream begin(int status, Headers headers) throws IOException {
    pass(headers);
    exchange.sendResponseHeaders(status, 0);
    return exchange.getResponseBody();
  }

  private void pass(Headers headers) {
    for (String name : headers.names()) {
      if (!NOT_PASSED.contains(name.toLowerCase(ROOT))) {
        exchange
            .getResponseHeaders()
            .put(name, headers.values(name).stream().map(keyRedactor::redact).toList());
      }
    }
  }
}
