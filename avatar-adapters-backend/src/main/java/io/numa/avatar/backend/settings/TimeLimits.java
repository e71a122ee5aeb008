package io.numa.avatar.backend.settings;

import io.numa.avatar.time.Durations;
import java.time.Duration;

/**
 * The time limits of a call and its parts.
 *
 * @param connect for connecting; ten seconds by default
 * @param read how long the backend may send nothing before the call fails; twenty seconds by
 *     default
 * @param call for one try, from the first byte sent to the last received; thirty seconds by default
 * @param pollMargin how much longer than the requested time a long poll may take, even without a
 *     byte received; fifteen seconds by default
 * @param renewal for a whole renewal, which has one try; five seconds by default
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

  /**
   * Limits with defaults for {@code read} and {@code renewal}, or with {@code call} where that is
   * less.
   */
  public TimeLimits(Duration connect, Duration call, Duration pollMargin) {
    this(
        connect, Durations.shorter(READ, call), call, pollMargin, Durations.shorter(RENEWAL, call));
  }

  private static void requirePositive(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("a time limit must be positive: " + limit);
    }
  }
}
