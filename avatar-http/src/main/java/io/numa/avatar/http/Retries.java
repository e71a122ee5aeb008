package io.numa.avatar.http;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.numa.avatar.port.PortException;
import io.numa.avatar.time.Interrupts;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again, after a pause, what may succeed then. Safe for use by several threads. */
public final class Retries {
  private static final Logger log = LoggerFactory.getLogger(Retries.class);

  private final int tries;
  private final Pauses pauses;
  private final Retry retry;

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
  public Retries(String name, RetrySettings settings) {
    this(name, settings, (failure, pause) -> log.info("{}; trying again in {}", failure, pause));
  }

  /**
   * @param onRetry hears of each failed try that is followed by another one, and of the pause
   */
  Retries(String name, RetrySettings settings, BiConsumer<TransientException, Duration> onRetry) {
    this.tries = settings.tries();
    this.pauses = new Pauses(settings, new SecureRandom());
    this.retry = retry(name, onRetry);
  }

  /**
   * Makes {@code call} until it does not fail with a {@link TransientException}, and not more often
   * than the settings allow.
   *
   * @throws PortException if all tries fail, or one fails for good
   */
  public <T> T call(Call<T> call) throws InterruptedException {
    try {
      return retry.executeCallable(call::make);
    } catch (TransientException e) {
      if (Interrupts.take()) {
        // The pause between two tries was interrupted, and ended with the failure before it.
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      throw lasting(e, tries);
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a call threw what it does not declare", e);
    }
  }

  /** The failure of a call that is not tried again. */
  static PortException lasting(TransientException failure, int tries) {
    String often = tries == 1 ? "" : " (tried " + tries + " times)";
    return new PortException(failure.kind(), failure.getMessage() + often, failure.getCause());
  }

  /** A pause such as the one before the second try, where the server asks for none. */
  Duration shortPause() {
    return pauses.after(1, Duration.ZERO);
  }

  private Retry retry(String name, BiConsumer<TransientException, Duration> onRetry) {
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(tries)
            .retryOnException(TransientException.class::isInstance)
            .intervalBiFunction(
                (failed, outcome) -> pauses.after(failed, retryAfter(outcome.getLeft())).toMillis())
            .build();
    Retry made = Retry.of(name, config);
    made.getEventPublisher()
        .onRetry(
            event -> {
              if (event.getLastThrowable() instanceof TransientException failure) {
                onRetry.accept(failure, event.getWaitInterval());
              }
            });
    return made;
  }

  private static Duration retryAfter(@Nullable Throwable failure) {
    return failure instanceof TransientException passing ? passing.retryAfter() : Duration.ZERO;
  }
}
