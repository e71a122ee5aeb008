package io.numa.avatar.backend;

import java.time.Duration;

/**
 * How long the parts of a call may take.
 *
 * @param connect until a connection stands; ten seconds by default
 * @param call from the first byte sent to the last received, each try for itself; thirty seconds by
 *     default
 * @param pollMargin what a long poll may take beyond the time it was asked to wait; fifteen seconds
 *     by default
 */
public record TimeLimits(Duration connect, Duration call, Duration pollMargin) {
  public static final TimeLimits DEFAULT =
      new TimeLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(15));

  public TimeLimits {
    requirePositive(connect);
    requirePositive(call);
    requirePositive(pollMargin);
  }

  private static void requirePositive(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a time limit must be positive: " + limit);
    }
  }
}
