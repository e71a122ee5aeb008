package io.numa.avatar.git.forge;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.numa.avatar.port.PortException;
import io.numa.avatar.time.Backoff;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again, after a pause, what may succeed then. Safe for use by several threads. */
final class Repeats {
  private static final Logger log = LoggerFactory.getLogger(Repeats.class);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final int tries;
  private final Retry retry;

  Repeats(ForgeSettings settings) {
    this.tries = settings.tries();
    this.retry = retry(settings);
  }

  interface Call<T> {
    T run() throws InterruptedException;
  }

  /**
   * Runs {@code call} until it does not fail with a {@link TransientException}, and not more often
   * than the settings allow.
   */
  <T> T call(Call<T> call) throws InterruptedException {
    try {
      return retry.executeCallable(call::run);
    } catch (TransientException e) {
      if (Thread.interrupted()) {
        // The pause between two tries was interrupted, and ended with the failure before it.
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      String often = tries == 1 ? "" : " (tried " + tries + " times)";
      throw new PortException(e.kind(), e.getMessage() + often, e.getCause());
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a call threw what it does not declare", e);
    }
  }

  private static Retry retry(ForgeSettings settings) {
    var backoff = new Backoff(settings.firstPause(), LONGEST_PAUSE, new SecureRandom());
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(settings.tries())
            .retryOnException(TransientException.class::isInstance)
            .intervalBiFunction(
                (tries, outcome) ->
                    respite(outcome.getLeft()).plus(backoff.after(tries)).toMillis())
            .build();
    Retry repeats = Retry.of("change requests", config);
    repeats
        .getEventPublisher()
        .onRetry(
            event ->
                log.info(
                    "{}; trying again in {}", event.getLastThrowable(), event.getWaitInterval()));
    return repeats;
  }

  private static Duration respite(@Nullable Throwable failure) {
    return failure instanceof TransientException passing ? passing.respite() : Duration.ZERO;
  }
}
