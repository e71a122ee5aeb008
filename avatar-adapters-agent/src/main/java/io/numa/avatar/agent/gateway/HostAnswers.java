package io.numa.avatar.agent.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.agent.gateway.internal.dialect.Dialect;
import io.numa.avatar.agent.gateway.internal.dialect.Refusal;
import io.numa.avatar.agent.gateway.internal.dialect.RefusedException;
import io.numa.avatar.http.Json;
import io.numa.avatar.http.NetworkFailure;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.Response;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;

/** Reads what a model's host answers. */
final class HostAnswers {
  private static final int MAX_EXCERPT = 300;

  private HostAnswers() {}

  /**
   * The body, decompressed.
   *
   * @throws RefusedException if it is in an encoding that the gateway did not ask for and cannot
   *     read, so that its usage cannot be counted
   */
  static BufferedSource body(Response response) throws RefusedException {
    String encoding = response.header("Content-Encoding", "identity").toLowerCase(Locale.ROOT);
    return switch (encoding) {
      case "identity", "" -> response.body().source();
      case "gzip", "x-gzip" -> Okio.buffer(new GzipSource(response.body().source()));
      default ->
          throw new Refusal(
                  Refusal.Kind.INVALID,
                  "the model's host compressed its answer in a way that was not asked for")
              .thrown();
    };
  }

  /** Whether the answer says that the key is wrong. Gemini's host does so by 400. */
  static boolean refusesLogin(Dialect dialect, int status, String body) {
    return status == 401
        || status == 403
        || (status == 400 && dialect == Dialect.GEMINI && body.contains("\"API_KEY_INVALID\""));
  }

  /** Whether the same request may succeed later. */
  static boolean isAway(int status) {
    return status == 429 || status >= 500;
  }

  /** What the host says about an error, on one line. */
  static String excerpt(String body, Redactor redactor) {
    String message =
        Json.parse(body)
            .flatMap(
                json ->
                    Stream.of("/error/message", "/0/error/message", "/message", "/error", "/detail")
                        .map(json::at)
                        .filter(JsonNode::isTextual)
                        .findFirst())
            .map(JsonNode::asText)
            .orElse(body);
    Redacted line = Redacted.of(message, redactor).line();
    return line.isEmpty() ? "it gives no reason" : line.shortened(MAX_EXCERPT).toString();
  }

  /** Why there is no answer, in words without addresses. */
  static String reason(IOException thrown) {
    return switch (NetworkFailure.of(thrown)) {
      case UNKNOWN_HOST -> "its name is not known";
      case NO_CONNECTION -> "there is no connection";
      case TIMEOUT -> "it sent nothing for too long";
      case UNTRUSTED -> "its certificate is not trusted, or there is no common TLS version";
      case BROKEN -> "the connection broke";
    };
  }

  static Optional<String> redirection(Response response) {
    int status = response.code();
    return status >= 300 && status < 400 && status != 304
        ? Optional.of("it sends the avatar to another address; 'base_url' must be that address")
        : Optional.empty();
  }
}
