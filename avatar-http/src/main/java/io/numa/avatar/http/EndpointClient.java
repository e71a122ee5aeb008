package io.numa.avatar.http;

import io.numa.avatar.port.OutageException;
import io.numa.avatar.port.PortException;
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

  private final EndpointSettings settings;
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
    this.settings = settings;
    this.outages = outages;
    this.gate = new RetryAfterGate(settings.retries().longestRetryAfter(), nanoTime);
    this.breaker = new EndpointBreaker(settings, outages, clock, new MonotonicClock(nanoTime));
    this.retries = new Retries(settings.retries(), this::retrying);
  }

  private void retrying(TransientException failure, Duration pause) {
    log.debug("{}; trying again in {}", failure, pause);
    if (!breaker.isOff()) {
      outages.failed(settings.name(), failure);
    }
  }

  /** Whether calls fail at once, as too many have failed in a row. */
  public boolean isOff() {
    return breaker.isOff();
  }

  /**
   * Makes a call, and retries it after transient failures.
   *
   * @param action completes "could not …"
   * @throws OutageException if the call failed and may succeed later; with settings that allow one
   *     try, another {@link PortException}, and nothing is logged
   */
  public <T> T repeatedly(String action, Retries.Call<T> call) throws InterruptedException {
    try {
      return retries.call(
          () -> {
            gate.await(retries.shortPause());
            if (!breaker.permits()) {
              throw new OutageException(
                  sentence(action, breaker.refusal()), null, breaker.offUntil());
            }
            return observed(call, true);
          });
    } catch (PortException e) {
      throw told(e);
    }
  }

  /**
   * Makes one try, without any pause, and also while the group is off: for callers with a deadline.
   * While the server asks for a pause, fails without a call.
   *
   * @throws OutageException as {@link #repeatedly} does
   */
  public <T> T once(String action, Retries.Call<T> call) throws InterruptedException {
    Duration left = gate.left();
    if (left.compareTo(Duration.ZERO) > 0) {
      throw new OutageException(
          sentence(
              action, "has asked to be left alone for another " + (left.toSeconds() + 1) + " s"),
          null);
    }
    try {
      return observed(call, breaker.permits());
    } catch (TransientException e) {
      throw told(Retries.lasting(e, 1));
    } catch (PortException e) {
      throw told(e);
    }
  }

  private <T> T observed(Retries.Call<T> call, boolean counted) throws InterruptedException {
    try {
      T result = breaker.observe(call, counted);
      outages.answered(settings.name());
      return result;
    } catch (TransientException e) {
      gate.close(e.retryAfter());
      throw e;
    }
  }

  /** Has the outage logged, if the failure is one, and returns the exception that says so. */
  private PortException told(PortException failure) {
    boolean single = settings.retries().tries() == 1;
    if (single || !failure.retryable() || failure instanceof OutageException) {
      return failure;
    }
    outages.persists(settings.name(), failure.getMessage());
    return new OutageException(failure.getMessage(), failure.getCause());
  }

  private String sentence(String action, String why) {
    return "could not " + action + ": " + outages.server() + " " + why;
  }
}
