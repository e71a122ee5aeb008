package io.numa.avatar.backend;

import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Turns what HTTP and the network say into what the ports promise, in words fit for anybody. */
final class BackendFailures {
  private static final int EXCERPT = 200;

  /** What a proxy says in the place of a backend that is away, or the backend before it is up. */
  private static final Set<Integer> AWAY = Set.of(502, 503, 504);

  private final BackendSettings settings;
  private final Clock clock;

  BackendFailures(BackendSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** The failure that an unsuccessful {@code answer} means. */
  PortException translate(String action, Answer answer) {
    int status = answer.status();
    String failed = "could not " + action + ": the backend ";
    if (status == 401 || status == 403) {
      return new UnauthorizedException(failed + refusal(status));
    }
    if (status == 404 || status == 410) {
      return new NotFoundException(failed + "knows no such thing (" + status + ")");
    }
    if (status == 409) {
      return new TaskTakenException(
          failed + "says that another avatar holds the task (409)" + excerpt(answer));
    }
    String said = failed + "answered " + status;
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new TransientException(
          FailureKind.UNAVAILABLE,
          said + excerpt(answer),
          AWAY.contains(status),
          RetryAfter.of(answer.headers(), clock),
          null);
    }
    if (status >= 300 && status < 400) {
      return new PortException(FailureKind.INVALID_ANSWER, said + redirection(answer));
    }
    // What it calls our mistake, no repetition mends.
    return new PortException(FailureKind.INTERNAL, said + excerpt(answer));
  }

  /** The failure of a read whose answer is successful, but no JSON. */
  PortException notJson(String action, Answer answer) {
    String said = "could not " + action + ": the backend answered " + answer.status();
    return switch (answer.body()) {
      case WHOLE ->
          new TransientException(
              FailureKind.INVALID_ANSWER,
              said
                  + " with "
                  + printable(answer.mediaType())
                  + ", not JSON; is backend.url right, or is there a proxy in front?",
              false,
              Duration.ZERO,
              null);
      case CUT ->
          new TransientException(
              FailureKind.UNAVAILABLE, said + ", and broke off", false, Duration.ZERO, null);
      case TOO_LARGE ->
          new PortException(
              FailureKind.INVALID_ANSWER,
              said + " with more than " + (Answer.MAX_BYTES >> 20) + " MiB");
    };
  }

  /** The failure of a write that a web page seems to confirm. */
  PortException page(String action, Answer answer) {
    return new TransientException(
        FailureKind.UNAVAILABLE,
        "could not "
            + action
            + ": the backend answered "
            + answer.status()
            + " with a web page, as it has not before; is there a proxy in front?",
        false,
        Duration.ZERO,
        null);
  }

  /** The failure that {@code e} means; whether the backend has acted is not known then. */
  PortException translate(String action, IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new TransientException(
        FailureKind.UNAVAILABLE,
        "could not " + action + ": " + reason(cause),
        true,
        Duration.ZERO,
        cause);
  }

  private String reason(Throwable cause) {
    String backend = "the backend at " + settings.url();
    if (cause instanceof UnknownHostException) {
      return "the host of " + backend + " is unknown; check backend.url";
    }
    if (cause instanceof ConnectException) {
      return backend + " takes no connection; is it running, and is backend.url right?";
    }
    if (cause instanceof InterruptedIOException) {
      return backend + " did not answer in time";
    }
    if (cause instanceof SSLException) {
      return backend + " could not be trusted: " + printable(String.valueOf(cause.getMessage()));
    }
    return "the connection to " + backend + " broke";
  }

  private String refusal(int status) {
    return settings.apiToken().isPresent()
        ? "refused the API token (" + status + "); check backend.api_token"
        : "wants an API token (" + status + "); set backend.api_token";
  }

  private static String redirection(Answer answer) {
    String location = answer.headers().get("Location");
    if (location == null) {
      return ", a redirection to nowhere; check backend.url";
    }
    return ", a redirection to "
        + host(location)
        + ", which is not followed; point backend.url there if that is right";
  }

  /** No more than the host: what follows it may be anything, a session's secret too. */
  private static String host(String location) {
    try {
      String host = URI.create(location).getHost();
      return host == null ? "another path of the same host" : host;
    } catch (IllegalArgumentException e) {
      return "somewhere unreadable";
    }
  }

  private String excerpt(Answer answer) {
    String text = printable(answer.text()).strip();
    if (text.isEmpty() || answer.mediaType().contains("html")) {
      return "";
    }
    return ": " + (text.length() > EXCERPT ? text.substring(0, EXCERPT) + "…" : text);
  }

  /** On one line, and without the token, should the backend have echoed it. */
  private String printable(String text) {
    Optional<Secret> token = settings.apiToken();
    String clean = token.isPresent() ? text.replace(token.get().reveal(), "***") : text;
    return clean.replaceAll("\\p{Cntrl}+", " ");
  }
}
