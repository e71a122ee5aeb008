package io.numa.avatar.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a group of endpoints off while its calls fail. Safe for use by several threads. */
final class EndpointBreaker {
  private final EndpointSettings settings;
  private final OutageLog outages;
  private final Clock clock;
  private final CircuitBreaker breaker;
  private volatile String lastFailure = "";
  private volatile @Nullable Instant offSince;
  private volatile @Nullable Instant offUntil;

  /**
   * @param clock the time of day, for messages
   * @param elapsed a monotonic clock
   */
  EndpointBreaker(EndpointSettings settings, OutageLog outages, Clock clock, Clock elapsed) {
    this.settings = settings;
    this.outages = outages;
    this.clock = clock;
    this.breaker = breaker(settings.breaker(), elapsed);
  }

  /** Whether a call is permitted. The caller must then {@link #observe} that call as counted. */
  boolean permits() {
    return breaker.tryAcquirePermission();
  }

  boolean isOff() {
    return offSince != null;
  }

  /** When the next call is permitted; empty if one is. */
  Optional<Instant> offUntil() {
    return isOff() ? Optional.ofNullable(offUntil) : Optional.empty();
  }

  /** Why no call is permitted. */
  String refusal() {
    Instant since = offSince;
    String when = since == null ? "" : " since " + since.truncatedTo(ChronoUnit.SECONDS);
    return "has failed too often: calls for "
        + settings.name()
        + " are off"
        + when
        + "; the last failure: "
        + lastFailure;
  }

  /**
   * Makes a call, and records its result. An {@link UnauthorizedException} says nothing about the
   * server's health, nor does a failure that ends with time; any other lasting failure shows that
   * the server answers.
   *
   * @param counted whether the call was permitted
   */
  <T> T observe(Retries.Call<T> call, boolean counted) throws InterruptedException {
    long start = breaker.getCurrentTimestamp();
    boolean heard = false;
    try {
      T result = call.make();
      heard = true;
      answered(start, counted);
      return result;
    } catch (TransientException e) {
      heard = !e.timed();
      if (heard) {
        failed(start, counted, e);
      }
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
    lastFailure = failure.getMessage();
    if (counted) {
      breaker.onError(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), failure);
    }
  }

  private CircuitBreaker breaker(BreakerSettings limits, Clock elapsed) {
    CircuitBreakerConfig config =
        CircuitBreakerConfig.custom()
            // All of the last N calls, which means N in a row.
            .slidingWindow(limits.failures(), limits.failures(), SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(100)
            .permittedNumberOfCallsInHalfOpenState(1)
            .waitIntervalFunctionInOpenState(
                noted(
                    IntervalFunction.ofExponentialRandomBackoff(
                        limits.firstPause(), 2.0, 0.3, limits.longestPause())))
            .clock(elapsed)
            .build();
    CircuitBreaker made = CircuitBreaker.of(settings.name(), config);
    made.getEventPublisher()
        .onStateTransition(event -> changed(event.getStateTransition().getToState()));
    return made;
  }

  /** Notes when the pause ends that begins now. */
  private IntervalFunction noted(IntervalFunction pauses) {
    return time -> {
      long pause = pauses.apply(time);
      offUntil = clock.instant().plusMillis(pause);
      return pause;
    };
  }

  private void changed(State state) {
    if (state == State.OPEN && offSince == null) {
      offSince = clock.instant();
      outages.off(settings.name(), settings.breaker().failures(), lastFailure);
    } else if (state == State.CLOSED && offSince != null) {
      offSince = null;
      outages.answered(settings.name());
    }
  }
}
