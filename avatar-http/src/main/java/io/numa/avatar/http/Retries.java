package io.numa.avatar.http;

import io.numa.avatar.port.PortException;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Waiter;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again, after a pause, what may succeed then. Safe for use by several threads. */
public final class Retries {
  private static final Logger log = LoggerFactory.getLogger(Retries.class);

  private final RetrySettings settings;
  private final BiConsumer<TransientException, Duration> onRetry;
  private final Backoff backoff;

  /** Something to try: one request, or several that belong together. */
  @FunctionalInterface
  public interface Call<T> {
    /**
     * Tries it once.
     *
     * @throws TransientException if the next try may succeed
     * @throws PortException if it cannot succeed
     */
    T make() throws InterruptedException;
  }

  /** Logs each failed try that is followed by another one. */
  public Retries(RetrySettings settings) {
    this(settings, (failure, pause) -> log.info("{}; trying again in {}", failure, pause));
  }

  /**
   * @param onRetry receives each failed try that is followed by another one, and the pause
   */
  Retries(RetrySettings settings, BiConsumer<TransientException, Duration> onRetry) {
    this(settings, onRetry, new SecureRandom());
  }

  Retries(
      RetrySettings settings,
      BiConsumer<TransientException, Duration> onRetry,
      RandomGenerator random) {
    this.settings = settings;
    this.onRetry = onRetry;
    this.backoff = new Backoff(settings.firstSpan(), settings.longestSpan(), random);
  }

  /**
   * Makes {@code call} until it does not fail with a {@link TransientException}, and not more often
   * than the settings allow.
   *
   * @throws PortException if all tries fail, or one fails for good
   */
  public <T> T call(Call<T> call) throws InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        return call.make();
      } catch (TransientException e) {
        if (tries == settings.tries()) {
          throw lasting(e, tries);
        }
        pause(e, tries);
      }
    }
  }

  private void pause(TransientException failure, int tries) throws InterruptedException {
    Duration pause = pauseAfter(tries, failure.retryAfter());
    onRetry.accept(failure, pause);
    try {
      new Waiter().pause(pause);
    } catch (InterruptedException e) {
      e.initCause(failure);
      throw e;
    }
  }

  /**
   * How long to pause before the next try.
   *
   * @param tries how many there have been, from 1
   * @param retryAfter what the server asked for
   */
  Duration pauseAfter(int tries, Duration retryAfter) {
    Duration longest = settings.longestRetryAfter();
    Duration asked = retryAfter.compareTo(longest) < 0 ? retryAfter : longest;
    // The backoff comes on top, so that avatars with the same Retry-After come back one by one.
    return asked.plus(backoff.after(tries));
  }

  /** A pause such as the one before the second try, where the server asks for none. */
  Duration shortPause() {
    return pauseAfter(1, Duration.ZERO);
  }

  /** The failure of a call that is not tried again. */
  static PortException lasting(TransientException failure, int tries) {
    String often = tries == 1 ? "" : " (tried " + tries + " times)";
    return new PortException(failure.kind(), failure.getMessage() + often, failure.getCause());
  }
}
