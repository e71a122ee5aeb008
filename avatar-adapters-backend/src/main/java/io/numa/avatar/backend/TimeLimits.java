package io.numa.avatar.backend;

import java.time.Duration;

/**
 * How long the parts of a call may take.
 *
 * @param connect until a connection stands; ten seconds by default
 * @param read for which the backend may say nothing before the call is given up; twenty seconds by
 *     default
 * @param call from the first byte sent to the last received, each try for itself; thirty seconds by
 *     default
 * @param pollMargin what a long poll may take beyond the time it was asked to wait, silent or not;
 *     fifteen seconds by default
 * @param renewal for all of a renewal, which is tried once; five seconds by default
 */
public record TimeLimits(
    Duration connect, Duration read, Duration call, Duration pollMargin, Duration renewal) {
  private static final Duration READ = Duration.ofSeconds(20);
  private static final Duration RENEWAL = Duration.ofSeconds(5);

  public static final TimeLimits DEFAULT =
      new TimeLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(15));

  public TimeLimits {
    requirePositive(connect);
    requirePositive(read);
    requirePositive(call);
    requirePositive(pollMargin);
    requirePositive(renewal);
  }

  /** Limits with defaults for silence and renewals, or {@code call} where that is less. */
  public TimeLimits(Duration connect, Duration call, Duration pollMargin) {
    this(connect, least(READ, call), call, pollMargin, least(RENEWAL, call));
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static void requirePositive(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a time limit must be positive: " + limit);
    }
  }
}
