package io.numa.avatar.git.forge;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A failure of one try that the next one may not see. */
final class TransientException extends PortException {
  private final transient Duration respite;

  /**
   * @param respite for which the service asked to be left alone; zero where it did not ask
   */
  TransientException(String message, Duration respite, @Nullable Throwable cause) {
    super(FailureKind.UNAVAILABLE, message, cause);
    this.respite = respite;
  }

  Duration respite() {
    return respite;
  }
}
