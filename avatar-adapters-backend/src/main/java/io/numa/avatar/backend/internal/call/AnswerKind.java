package io.numa.avatar.backend.internal.call;

import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.Redirects;
import java.util.Set;

/** The kinds of answers that a backend, or a proxy in front of it, gives. */
enum AnswerKind {
  /** 2xx with a JSON object or list. */
  JSON,
  /** 2xx with JSON of another shape than the call needs. */
  WRONG_SHAPE,
  /** 2xx without a body, such as 204. */
  EMPTY,
  /** 2xx with a web page. */
  PAGE,
  /** 2xx with anything else. */
  OTHER_BODY,
  /** 2xx with a body that broke off. */
  CUT,
  /** 2xx with a body beyond the limit, counted after decompression. */
  TOO_LARGE,
  /** 3xx that is not followed. */
  REDIRECTION,
  /** 401 or 403. */
  UNAUTHORIZED,
  /** 404 or 410. */
  MISSING,
  /** The same in the words of a backend that has no such endpoint. */
  NO_ROUTE,
  /** The same with a web page, which is a proxy's word. */
  MISSING_PAGE,
  /** 405. */
  NO_METHOD,
  /** 409. */
  TAKEN,
  /** 413 to a request that can be made smaller. */
  TOO_LONG,
  /** Any other 4xx. */
  REFUSED,
  /** Any other 4xx with a web page, 407, and 413 to a small request: a proxy's word. */
  REFUSED_BY_PROXY,
  /** 429. */
  BUSY,
  /** 502, 503 or 504: a proxy cannot reach the backend, or the backend is still starting. */
  AWAY,
  /** 408, 425, or any other 5xx. */
  FAULTY;

  private static final Set<Integer> UNREACHABLE = Set.of(502, 503, 504);
  private static final int PROXY_LOGIN = 407;

  /** FastAPI's words; a backend that knows the endpoint names what it misses. */
  private static final String NO_SUCH_ROUTE = "Not Found";

  /**
   * @param smallest whether the request cannot be made smaller
   */
  static AnswerKind of(HttpAnswer answer, boolean smallest) {
    if (answer.successful()) {
      return ofSuccess(answer);
    }
    if (Redirects.isOne(answer)) {
      return REDIRECTION;
    }
    return switch (answer.status()) {
      case 401, 403 -> UNAUTHORIZED;
      case 404, 410 -> ofMissing(answer);
      case 405 -> NO_METHOD;
      case 408, 425 -> FAULTY;
      case 409 -> TAKEN;
      case 413 -> smallest ? REFUSED_BY_PROXY : TOO_LONG;
      case 429 -> BUSY;
      default -> ofOther(answer);
    };
  }

  private static AnswerKind ofSuccess(HttpAnswer answer) {
    if (answer.flaw().isPresent()) {
      return answer.tooLarge() ? TOO_LARGE : CUT;
    }
    if (answer.text().isBlank()) {
      return EMPTY;
    }
    if (answer.json().isPresent()) {
      return JSON;
    }
    return answer.page() ? PAGE : OTHER_BODY;
  }

  private static AnswerKind ofMissing(HttpAnswer answer) {
    if (answer.page()) {
      return MISSING_PAGE;
    }
    boolean route =
        answer.json().filter(it -> it.path("detail").asText().equals(NO_SUCH_ROUTE)).isPresent();
    return route ? NO_ROUTE : MISSING;
  }

  private static AnswerKind ofOther(HttpAnswer answer) {
    if (UNREACHABLE.contains(answer.status())) {
      return AWAY;
    }
    if (answer.status() >= 500) {
      return FAULTY;
    }
    return answer.page() || answer.status() == PROXY_LOGIN ? REFUSED_BY_PROXY : REFUSED;
  }
}
