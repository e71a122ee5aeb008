package io.numa.avatar.http;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes all calls to one group of endpoints: retries calls that may succeed, makes no call for as
 * long as the server asks, and fails at once while the group is off. Safe for use by several
 * threads.
 */
public final class EndpointClient {
  private static final Logger log = LoggerFactory.getLogger(EndpointClient.class);

  private final OutageLog outages;
  private final RetryAfterGate gate;
  private final EndpointBreaker breaker;
  private final Retries retries;

  /**
   * @param outages shared by all groups of a server
   * @param clock the time of day, for messages
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  public EndpointClient(
      EndpointSettings settings, OutageLog outages, Clock clock, LongSupplier nanoTime) {
    this.outages = outages;
    this.gate = new RetryAfterGate(settings.retries().longestRetryAfter(), nanoTime);
    this.breaker = new EndpointBreaker(settings, outages, clock, new MonotonicClock(nanoTime));
    this.retries = new Retries(settings.retries(), this::retrying);
  }

  private void retrying(TransientException failure, Duration pause) {
    log.debug("{}; trying again in {}", failure, pause);
    if (!breaker.isOff()) {
      outages.failed(failure);
    }
  }

  /**
   * Makes a call, and retries it after transient failures.
   *
   * @param action completes "could not …"
   */
  public <T> T repeatedly(String action, Retries.Call<T> call) throws InterruptedException {
    return retries.call(
        () -> {
          gate.await(retries.shortPause());
          if (!breaker.permits()) {
            throw unavailable(action, breaker.refusal());
          }
          return observed(call, true);
        });
  }

  /**
   * Makes one try, without any pause, and also while the group is off: for callers with a deadline.
   * While the server asks for a pause, fails without a call.
   */
  public <T> T once(String action, Retries.Call<T> call) throws InterruptedException {
    Duration left = gate.left();
    if (left.compareTo(Duration.ZERO) > 0) {
      throw unavailable(
          action, "has asked to be left alone for another " + (left.toSeconds() + 1) + " s");
    }
    try {
      return observed(call, breaker.permits());
    } catch (TransientException e) {
      throw Retries.lasting(e, 1);
    }
  }

  private <T> T observed(Retries.Call<T> call, boolean counted) throws InterruptedException {
    try {
      return breaker.observe(call, counted);
    } catch (TransientException e) {
      gate.close(e.retryAfter());
      throw e;
    }
  }

  private PortException unavailable(String action, String why) {
    return new PortException(
        FailureKind.UNAVAILABLE, "could not " + action + ": " + outages.server() + " " + why);
  }
}
