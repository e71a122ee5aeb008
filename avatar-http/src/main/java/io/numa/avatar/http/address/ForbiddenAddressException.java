package io.numa.avatar.http.address;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A connection was not made, as the rule forbids its address. It is of the type that lookups of
 * HTTP clients may throw.
 */
public final class ForbiddenAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1;

  ForbiddenAddressException(String message) {
    super(message);
  }

  /** The one among the causes of a failure, if there is one. */
  public static Optional<ForbiddenAddressException> in(Throwable failure) {
    return Stream.<Throwable>iterate(failure, one -> one != null, Throwable::getCause)
        .filter(ForbiddenAddressException.class::isInstance)
        .map(ForbiddenAddressException.class::cast)
        .findFirst();
  }

  /** The same failure for callers of a port; of kind {@code DENIED}. */
  public PortException denied() {
    return new PortException(FailureKind.DENIED, String.valueOf(getMessage()), this);
  }
}
