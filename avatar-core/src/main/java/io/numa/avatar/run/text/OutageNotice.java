package io.numa.avatar.run.text;

import io.numa.avatar.port.OutageException;
import io.numa.avatar.time.Durations;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Logs the first of consecutive failures of something that is tried again, and the success that
 * ends them; the other failures at debug level. Does not repeat what an adapter has logged, see
 * {@link OutageException}. Not thread-safe.
 */
public final class OutageNotice {
  private final Logger log;
  private final String what;
  private boolean lasts;

  /**
   * @param what the subject of a sentence, such as {@code polling}
   */
  public OutageNotice(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  /** Records a failure, after which the next try follows in {@code pause}. */
  public void failed(RuntimeException failure, Duration pause) {
    String message = what + " failed, next try in " + Durations.text(pause);
    if (lasts || failure instanceof OutageException) {
      log.debug("{}: {}", message, failure.getMessage());
    } else {
      lasts = true;
      log.warn("{}, and so on until it succeeds: {}", message, failure.getMessage());
    }
  }

  /** Records a success. */
  public void succeeded() {
    if (lasts) {
      lasts = false;
      log.info("{} succeeds again", what);
    }
  }
}
