package io.numa.avatar.git.internal.lfs;

import java.io.IOException;
import java.time.Duration;

/** The same transfer may succeed later. */
final class LfsPassingException extends IOException {
  private static final long serialVersionUID = 1;

  private final Duration pause;

  /**
   * @param pause how long the server asks clients to wait; zero if it does not ask
   */
  LfsPassingException(String message, Duration pause) {
    super(message);
    this.pause = pause;
  }

  Duration pause() {
    return pause;
  }
}
