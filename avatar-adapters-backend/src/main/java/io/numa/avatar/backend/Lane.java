package io.numa.avatar.backend;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.FailureKind;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of all calls to one group of endpoints: tries again what may succeed, leaves the group
 * alone for as long as the backend asks for, and fails at once while the group is off. Safe for use
 * by several threads.
 */
final class Lane {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final EndpointGroup group;
  private final URI url;
  private final int tries;
  private final int failuresInARow;
  private final Clock clock;
  private final Outage outage;
  private final Pauses pauses;
  private final Respite respite;
  private final Retry retry;
  private final CircuitBreaker breaker;
  private volatile String lastFailure = "";
  private volatile @Nullable Instant offSince;

  Lane(
      EndpointGroup group,
      BackendSettings settings,
      Clock clock,
      LongSupplier nanoTime,
      Outage outage) {
    this.group = group;
    this.url = settings.url();
    this.tries = settings.retries().tries();
    this.failuresInARow = settings.breaker().failures();
    this.clock = clock;
    this.outage = outage;
    this.pauses = new Pauses(settings.retries(), new SecureRandom());
    this.respite = new Respite(settings.retries().longestRetryAfter(), nanoTime);
    this.retry = retry(settings.retries());
    this.breaker = breaker(settings.breaker(), new MonotonicClock(nanoTime));
  }

  /** Calls, and calls again where that may help; {@code action} completes "could not …". */
  <T> T repeatedly(String action, Callable<T> call) throws InterruptedException {
    try {
      return retry.executeCallable(
          () -> {
            respite.await(pauses.after(1, Duration.ZERO));
            if (!breaker.tryAcquirePermission()) {
              throw refusal(action);
            }
            return observed(call, true);
          });
    } catch (TransientException e) {
      if (Thread.interrupted()) {
        // The pause between two tries was interrupted, and ended with the failure before it.
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      throw lasting(e, tries);
    } catch (Exception e) {
      throw undeclared(e);
    }
  }

  /**
   * Calls once, without waiting for anything, and also while the group is off: for what somebody
   * waits for who has a deadline. If the backend has asked to be left alone, it is.
   */
  <T> T once(String action, Callable<T> call) throws InterruptedException {
    Duration left = respite.left();
    if (left.compareTo(Duration.ZERO) > 0) {
      throw unavailable(
          action, " has asked to be left alone for another " + (left.toSeconds() + 1) + " s", "");
    }
    try {
      return observed(call, breaker.tryAcquirePermission());
    } catch (TransientException e) {
      throw lasting(e, 1);
    } catch (Exception e) {
      throw undeclared(e);
    }
  }

  /**
   * Calls, and lets the breaker know.
   *
   * @param counted whether the breaker waits to hear of it
   */
  private <T> T observed(Callable<T> call, boolean counted) throws Exception {
    long start = breaker.getCurrentTimestamp();
    boolean heard = false;
    try {
      T result = call.call();
      heard = true;
      answered(start, counted);
      return result;
    } catch (TransientException e) {
      heard = true;
      failed(start, counted, e);
      throw e;
    } catch (UnauthorizedException e) {
      throw e;
    } catch (PortException e) {
      heard = true;
      answered(start, counted);
      throw e;
    } finally {
      if (counted && !heard) {
        breaker.releasePermission();
      }
    }
  }

  private void answered(long start, boolean counted) {
    if (counted) {
      breaker.onSuccess(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit());
    } else {
      breaker.transitionToClosedState();
    }
  }

  private void failed(long start, boolean counted, TransientException failure) {
    respite.ask(failure.retryAfter());
    lastFailure = failure.getMessage();
    if (counted) {
      breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
    }
  }

  private PortException refusal(String action) {
    Instant since = offSince;
    String when = since == null ? "" : " since " + since.truncatedTo(ChronoUnit.SECONDS);
    return unavailable(
        action,
        " has failed too often: calls for " + group + " are off" + when,
        "; the last failure: " + lastFailure);
  }

  private PortException unavailable(String action, String what, String why) {
    return new PortException(
        FailureKind.UNAVAILABLE, "could not " + action + ": the backend at " + url + what + why);
  }

  private static PortException lasting(TransientException e, int tries) {
    String often = tries == 1 ? "" : " (tried " + tries + " times)";
    return new PortException(e.kind(), e.getMessage() + often, e.getCause());
  }

  /** What Java's {@code Callable} could throw beside what calls do throw. */
  private static RuntimeException undeclared(Exception e) throws InterruptedException {
    if (e instanceof InterruptedException interruption) {
      throw interruption;
    }
    return e instanceof RuntimeException known
        ? known
        : new IllegalStateException("a call threw what it does not declare", e);
  }

  private Retry retry(RetrySettings settings) {
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(settings.tries())
            .retryOnException(TransientException.class::isInstance)
            .intervalBiFunction(
                (tries, outcome) -> pauses.after(tries, retryAfter(outcome.getLeft())).toMillis())
            .build();
    Retry repeats = Retry.of(group.name(), config);
    repeats
        .getEventPublisher()
        .onRetry(
            event -> {
              log.debug(
                  "{}; trying again in {}", event.getLastThrowable(), event.getWaitInterval());
              boolean known = offSince != null;
              if (!known && event.getLastThrowable() instanceof TransientException passing) {
                outage.failed(passing);
              }
            });
    return repeats;
  }

  private static Duration retryAfter(@Nullable Throwable failure) {
    return failure instanceof TransientException passing ? passing.retryAfter() : Duration.ZERO;
  }

  private CircuitBreaker breaker(BreakerSettings settings, Clock elapsed) {
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            // All of the last so many, which is: so many in a row.
            .slidingWindow(settings.failures(), settings.failures(), SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(100)
            .permittedNumberOfCallsInHalfOpenState(1)
            .waitIntervalFunctionInOpenState(
                IntervalFunction.ofExponentialRandomBackoff(
                    settings.firstPause(), 2.0, 0.3, settings.longestPause()))
            .clock(elapsed)
            .build();
    CircuitBreaker made = CircuitBreaker.of(group.name(), config);
    made.getEventPublisher()
        .onStateTransition(event -> changed(event.getStateTransition().getToState()));
    return made;
  }

  private void changed(State state) {
    if (state == State.OPEN && offSince == null) {
      offSince = clock.instant();
      outage.off(group, failuresInARow, lastFailure);
    } else if (state == State.CLOSED && offSince != null) {
      offSince = null;
      outage.on(group);
    }
  }
}
