package io.numa.avatar.http;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.numa.avatar.port.PortException;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.Interrupts;
import io.numa.avatar.time.TimeSource;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Retries calls after a pause. Safe for use by several threads. */
public final class Retries {
  private static final Logger log = LoggerFactory.getLogger(Retries.class);

  private final RetrySettings settings;
  private final BiConsumer<TransientException, Duration> onRetry;
  private final Backoff backoff;

  /** A call to retry: one request, or several that belong together. */
  @FunctionalInterface
  public interface Call<T> {
    /**
     * Makes one try.
     *
     * @throws TransientException if the next try may succeed
     * @throws PortException if another try cannot succeed either
     */
    T make() throws InterruptedException;
  }

  /** Logs each failed try before the next one. */
  public Retries(RetrySettings settings) {
    this(settings, (failure, pause) -> log.info("{}; trying again in {}", failure, pause));
  }

  /**
   * @param onRetry receives each failed try before the next one, and the pause between the two
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
   * What one call may still spend: a number of tries, and an amount of time for failures that end
   * with time.
   */
  private final class Budget {
    private int tries;
    private int counted;
    private OptionalLong start = OptionalLong.empty();

    /** Takes note of a failed try, and returns whether another one may follow. */
    boolean allows(Throwable thrown) {
      if (!(thrown instanceof TransientException failure)) {
        return false;
      }
      tries++;
      return failure.timed() ? inTime() : ++counted < settings.tries();
    }

    private boolean inTime() {
      long now = TimeSource.SYSTEM.nanoTime();
      long since = now - start.orElse(now);
      start = OptionalLong.of(now - since);
      return settings.tries() > 1 && since < settings.longestRetryAfter().toNanos();
    }

    int tries() {
      return tries;
    }
  }

  /**
   * Repeats {@code call} while it fails with a {@link TransientException}, up to the number of
   * tries, or the time, that the settings allow.
   *
   * @throws PortException if all tries fail, or if one fails with another exception
   */
  public <T> T call(Call<T> call) throws InterruptedException {
    var budget = new Budget();
    try {
      return retry(budget).executeCallable(call::make);
    } catch (TransientException e) {
      if (Interrupts.take()) {
        // The thread was interrupted in the pause between two tries; Resilience4j then throws the
        // last failure.
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      throw lasting(e, budget.tries());
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a call threw what it does not declare", e);
    }
  }

  private Retry retry(Budget budget) {
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(Integer.MAX_VALUE)
            .retryOnException(budget::allows)
            .intervalBiFunction(
                (tries, outcome) -> pauseAfter(tries, retryAfter(outcome.getLeft())).toMillis())
            .build();
    Retry made = Retry.of("http", config);
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

  /**
   * How long to pause before the next try.
   *
   * @param tries the number of tries so far, from 1
   * @param retryAfter the pause that the server asked for; zero for none
   */
  Duration pauseAfter(int tries, Duration retryAfter) {
    Duration asked = Durations.shorter(retryAfter, settings.longestRetryAfter());
    // A part of the first span is added, so that avatars with the same Retry-After do not return
    // all at once.
    return asked.plus(backoff.after(asked.isZero() ? tries : 1));
  }

  /** A random pause like the one before a second try, if the server asks for none. */
  Duration shortPause() {
    return pauseAfter(1, Duration.ZERO);
  }

  /** The lasting failure of a call that is not retried. */
  static PortException lasting(TransientException failure, int tries) {
    String often = tries == 1 ? "" : " (tried " + tries + " times)";
    return new PortException(failure.kind(), failure.getMessage() + often, failure.getCause());
  }
}
