package io.numa.avatar.http;

import java.time.Duration;

/**
 * How often a call is tried, and how long to pause between tries.
 *
 * <p>A pause is a random part of a span. The first span is {@code firstSpan}; it doubles with every
 * try, up to {@code longestSpan}. If the server sends {@code Retry-After}, the pause is that time
 * and a random part of the first span.
 *
 * @param tries the largest number of tries, including the first; tries that fail because the server
 *     asks for a pause do not count, unless there is only one
 * @param longestRetryAfter the longest pause; a longer {@code Retry-After} is cut to it. It is also
 *     the time after which a call is given up whose server asks for one pause after the other.
 */
public record RetrySettings(
    int tries, Duration firstSpan, Duration longestSpan, Duration longestRetryAfter) {

  /** Six tries within half a minute or so. */
  public static final RetrySettings DEFAULT =
      new RetrySettings(6, Duration.ofMillis(500), Duration.ofSeconds(20), Duration.ofSeconds(120));

  /** One try: for checks whose answer an operator waits for. */
  public static final RetrySettings NONE =
      new RetrySettings(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  public RetrySettings {
    if (tries < 1) {
      throw new IllegalArgumentException("a call must be tried at least once: " + tries);
    }
    if (firstSpan.isNegative() || longestSpan.compareTo(firstSpan) < 0) {
      throw new IllegalArgumentException(
          "the pauses must not shrink: " + firstSpan + " to " + longestSpan);
    }
    if (longestRetryAfter.isNegative()) {
      throw new IllegalArgumentException("must not be negative: " + longestRetryAfter);
    }
  }
}
