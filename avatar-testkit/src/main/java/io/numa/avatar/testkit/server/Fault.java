package io.numa.avatar.testkit.server;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** A way for a server to misbehave. */
public sealed interface Fault {
  /** It sends this answer, and does not carry out the request. */
  record Answers(int status, Map<String, String> headers, String body) implements Fault {
    public Answers {
      headers = Map.copyOf(headers);
    }
  }

  /** It closes the connection, and does not carry out the request. */
  record HangsUp() implements Fault {}

  /** It carries out the request, and closes the connection instead of answering. */
  record LosesTheAnswer() implements Fault {}

  /**
   * It does and sends nothing for this time, or until the server is closed; then it closes the
   * connection.
   */
  record Stalls(Duration silence) implements Fault {
    /** It is silent until the server is closed. */
    public Stalls() {
      this(ChronoUnit.FOREVER.getDuration());
    }
  }

  /** It carries out writes, and answers every request with 204 and no body. */
  record AnswersEmpty() implements Fault {}

  /**
   * It answers 413, as a proxy does, to a longer body than this, and does not carry out the
   * request.
   */
  record LimitsBodies(int bytes) implements Fault {}

  static Fault status(int status) {
    return new Answers(status, Map.of(), "");
  }

  static Fault status(int status, String header, String value) {
    return new Answers(status, Map.of(header, value), "");
  }

  /** A page that a proxy sends with this status instead of the answer. */
  static Fault page(int status) {
    return new Answers(
        status,
        Map.of("Content-Type", "text/html"),
        "<html><head><title>" + status + " by the proxy</title></head><body></body></html>");
  }

  /** A page that a proxy or a login form sends instead of the answer. */
  static Fault htmlPage() {
    return new Answers(
        200, Map.of("Content-Type", "text/html; charset=utf-8"), "<html><body>Hello</body></html>");
  }
}
