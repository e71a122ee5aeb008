package io.numa.avatar.backend;

import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.NetworkFailure;
import io.numa.avatar.http.RateLimit;
import io.numa.avatar.http.ServerText;
import io.numa.avatar.http.TransientException;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Turns HTTP answers and network failures into the ports' exceptions; hides the token. */
final class BackendFailures {
  private static final int EXCERPT = 200;

  /**
   * The statuses of a proxy whose backend is unreachable, or of a backend that is still starting.
   */
  private static final Set<Integer> AWAY = Set.of(502, 503, 504);

  private final BackendSettings settings;
  private final Clock clock;

  BackendFailures(BackendSettings settings, Clock clock) {
    this.settings = settings;
    settings.apiToken().ifPresent(settings.redactor()::add);
    this.clock = clock;
  }

  /** The failure for an unsuccessful {@code answer}. */
  PortException translate(String action, HttpAnswer answer) {
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
          RateLimit.retryAfter(answer.headers(), clock),
          null);
    }
    if (status >= 300 && status < 400) {
      return new PortException(FailureKind.INVALID_ANSWER, said + redirection(answer));
    }
    // The backend says that the request is wrong; another try would get the same answer.
    return new PortException(FailureKind.INTERNAL, said + excerpt(answer));
  }

  /** The failure of a read whose answer is successful but not JSON. */
  PortException notJson(String action, HttpAnswer answer) {
    String said = "could not " + action + ": the backend answered " + answer.status();
    if (answer.tooLarge()) {
      return new PortException(
          FailureKind.INVALID_ANSWER,
          said + " with more than " + (BackendClient.MAX_ANSWER_BYTES >> 20) + " MiB");
    }
    if (answer.flaw().isPresent()) {
      return new TransientException(FailureKind.UNAVAILABLE, said + ", and broke off");
    }
    return new TransientException(
        FailureKind.INVALID_ANSWER,
        said
            + " with "
            + printable(answer.mediaType())
            + ", not JSON; is backend.url right, or is there a proxy in front?");
  }

  /** The failure of a write that a web page seems to confirm. */
  PortException page(String action, HttpAnswer answer) {
    return new TransientException(
        FailureKind.UNAVAILABLE,
        "could not "
            + action
            + ": the backend answered "
            + answer.status()
            + " with a web page, as it has not before; is there a proxy in front?");
  }

  /** The failure for {@code e}. The backend may have handled the request. */
  PortException translate(String action, IOException e) {
    Throwable cause = NetworkFailure.cause(e);
    return new TransientException(
        FailureKind.UNAVAILABLE,
        "could not " + action + ": " + reason(cause),
        true,
        Duration.ZERO,
        cause);
  }

  private String reason(Throwable cause) {
    String backend = "the backend at " + settings.url();
    return switch (NetworkFailure.of(cause)) {
      case UNKNOWN_HOST -> "the host of " + backend + " is unknown; check backend.url";
      case NO_CONNECTION ->
          backend + " takes no connection; is it running, and is backend.url right?";
      case TIMEOUT -> backend + " did not answer in time";
      case UNTRUSTED ->
          backend + " could not be trusted: " + printable(String.valueOf(cause.getMessage()));
      case BROKEN -> "the connection to " + backend + " broke";
    };
  }

  private String refusal(int status) {
    return settings.apiToken().isPresent()
        ? "refused the API token (" + status + "); check backend.api_token"
        : "wants an API token (" + status + "); set backend.api_token";
  }

  private static String redirection(HttpAnswer answer) {
    String to = answer.redirection();
    return ", a redirection to "
        + to
        + (to.equals("nowhere")
            ? "; check backend.url"
            : ", which is not followed; point backend.url there if that is right");
  }

  private String excerpt(HttpAnswer answer) {
    return answer.mediaType().contains("html")
        ? ""
        : ServerText.excerpt(Redacted.of(answer.text(), settings.redactor()), EXCERPT);
  }

  private Redacted printable(String text) {
    return Redacted.of(text, settings.redactor()).line();
  }
}
