package io.numa.avatar.backend.internal.call;

import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.http.AnswerVerdict;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.NetworkFailure;
import io.numa.avatar.http.RateLimit;
import io.numa.avatar.http.ServerText;
import io.numa.avatar.http.TransientException;
import io.numa.avatar.port.NotFoundException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/**
 * Turns HTTP answers and network failures into the ports' exceptions, as {@link AnswerTable} says;
 * hides the token.
 */
final class BackendFailures {
  private static final int EXCERPT = 200;

  private final BackendSettings settings;
  private final Clock clock;

  BackendFailures(BackendSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The failure for an answer that is no success.
   *
   * @param action completes "could not …"
   */
  PortException of(
      AnswerVerdict verdict, CallKind call, String action, AnswerKind kind, HttpAnswer answer) {
    String message = "could not " + action + ": the backend " + words(kind, answer);
    return switch (verdict) {
      case PASSING -> passing(call, kind, message, answer);
      case FINAL_FOR_REQUEST -> finalForRequest(call, kind, message);
      case FINAL_FOR_TASK -> finalForTask(kind, message);
      case CREDENTIALS -> new UnauthorizedException(message);
    };
  }

  private PortException passing(CallKind call, AnswerKind kind, String message, HttpAnswer answer) {
    Duration retryAfter = RateLimit.retryAfter(answer.headers(), clock);
    return switch (kind) {
      case BUSY -> TransientException.timed(FailureKind.UNAVAILABLE, message, retryAfter);
      case AWAY, FAULTY ->
          new TransientException(
              FailureKind.UNAVAILABLE, message, kind == AnswerKind.AWAY, retryAfter, null);
      // A backend that insists on it is believed in the end, so that the next reports are sent.
      case NO_METHOD, REFUSED_BY_PROXY, MISSING_PAGE ->
          TransientException.timed(FailureKind.INTERNAL, message, Duration.ZERO);
      default -> new TransientException(unreadable(call), message);
    };
  }

  /** At the start, an unreadable answer points to a wrong URL; later it is no verdict. */
  private static FailureKind unreadable(CallKind call) {
    return call == CallKind.TOPIC ? FailureKind.INVALID_ANSWER : FailureKind.UNAVAILABLE;
  }

  private static PortException finalForRequest(CallKind call, AnswerKind kind, String message) {
    boolean missing =
        switch (kind) {
          case MISSING, NO_ROUTE, MISSING_PAGE -> true;
          default -> false;
        };
    if (missing && call != CallKind.V1_LOOK_UP) {
      return new NotFoundException(message);
    }
    if (kind == AnswerKind.NO_METHOD && call == CallKind.FIRST_LOG) {
      return new NotFoundException(message);
    }
    if (kind == AnswerKind.TOO_LONG && call.isReport()) {
      return new RequestTooLargeException(message);
    }
    if (kind == AnswerKind.REDIRECTION || call.isAboutTask()) {
      return new PortException(FailureKind.UNAVAILABLE, message);
    }
    return new PortException(
        call.isReport() ? FailureKind.INTERNAL : FailureKind.INVALID_ANSWER, message);
  }

  private static PortException finalForTask(AnswerKind kind, String message) {
    return switch (kind) {
      case MISSING, NO_ROUTE, MISSING_PAGE -> new NotFoundException(message);
      case TAKEN -> new TaskTakenException(message);
      default -> new PortException(FailureKind.INVALID_ANSWER, message);
    };
  }

  private String words(AnswerKind kind, HttpAnswer answer) {
    int status = answer.status();
    String answered = "answered " + status;
    return switch (kind) {
      case UNAUTHORIZED -> refusal(status);
      case NO_ROUTE -> "has no such endpoint (" + status + ")";
      case MISSING, MISSING_PAGE -> "knows no such thing (" + status + ")";
      case TAKEN -> "says that another avatar holds the task (409)" + excerpt(answer);
      case REDIRECTION -> answered + redirection(answer);
      case TOO_LARGE -> answered + " with more than " + BackendClient.MAX_ANSWER_MIB + " MiB";
      case CUT -> answered + ", and broke off";
      case PAGE ->
          answered
              + " with a web page"
              + title(answer)
              + "; is backend.url right, or is there a proxy in front?";
      case EMPTY, OTHER_BODY ->
          answered
              + " with "
              + printable(answer.mediaType())
              + ", not JSON; is backend.url right, or is there a proxy in front?";
      default -> answered + excerpt(answer);
    };
  }

  /**
   * The failure of a read whose answer has another shape than the call needs.
   *
   * @param problem what is wrong with it
   */
  PortException wrongShape(CallKind call, String action, String problem) {
    return finalForRequest(
        call,
        AnswerKind.WRONG_SHAPE,
        "could not " + action + ": the answer makes no sense: " + problem);
  }

  /** The failure for {@code e}. The backend may have handled the request. */
  PortException of(String action, IOException e) {
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

  private String redirection(HttpAnswer answer) {
    String to = printable(answer.redirection()).toString();
    return ", a redirection to "
        + to
        + (to.equals("nowhere")
            ? "; check backend.url"
            : ", which is not followed; point backend.url there if that is right");
  }

  private String excerpt(HttpAnswer answer) {
    return answer.mediaType().contains("html")
        ? title(answer)
        : ServerText.excerpt(redacted(answer.text()), EXCERPT);
  }

  private String title(HttpAnswer answer) {
    return ServerText.excerpt(ServerText.title(redacted(answer.text())), EXCERPT);
  }

  /** Replaces the token, too, which an embedder's redactor may not know. */
  private Redacted redacted(String text) {
    String withoutToken =
        settings.apiToken().map(token -> text.replace(token.reveal(), "***")).orElse(text);
    return Redacted.of(withoutToken, settings.redactor());
  }

  private Redacted printable(String text) {
    return redacted(text).line();
  }
}
