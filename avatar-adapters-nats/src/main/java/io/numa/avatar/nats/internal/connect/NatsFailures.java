package io.numa.avatar.nats.internal.connect;

import io.nats.client.JetStreamApiException;
import io.nats.client.RequestFailureException;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.FailureKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what failures of calls mean. */
final class NatsFailures {
  private static final int SERVER_ERRORS = 500;

  private NatsFailures() {}

  /** The server has answered, and refused. */
  static PortException refused(String action, JetStreamApiException refusal) {
    FailureKind kind =
        refusal.getErrorCode() >= SERVER_ERRORS
            ? FailureKind.UNAVAILABLE
            : FailureKind.INVALID_ANSWER;
    return new PortException(
        kind,
        "could not " + action + ": the queue's server said: " + refusal.getMessage(),
        refusal);
  }

  /** There was a connection, but no answer. */
  static PortException unanswered(String action, Exception failure) {
    String text = "could not " + action + ": " + reason(failure);
    return isForbidden(failure)
        ? new UnauthorizedException(text)
        : new NoAnswerException(text, failure);
  }

  static PortException unconnected(String action, @Nullable Throwable failure) {
    if (failure instanceof PortException known) {
      return known;
    }
    String why = failure == null ? "" : ": " + reason(failure);
    return new PortException(
        FailureKind.UNAVAILABLE,
        "could not " + action + ": there is no connection to the queue" + why,
        failure);
  }

  private static boolean isForbidden(Exception failure) {
    return failure instanceof RequestFailureException request
        && request.getLastError() != null
        && request.getLastError().toLowerCase(Locale.ROOT).contains("permissions violation");
  }

  /** The innermost cause that says something. */
  static String reason(Throwable failure) {
    if (failure instanceof RequestFailureException request && request.getLastError() != null) {
      return "the queue's server said: " + request.getLastError();
    }
    Throwable cause = failure.getCause();
    if (cause != null && cause.getMessage() != null && failure.getMessage() == null) {
      return reason(cause);
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
