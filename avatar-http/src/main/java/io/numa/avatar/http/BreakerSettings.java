package io.numa.avatar.http;

import java.time.Duration;

/**
 * When the client stops calling a group of endpoints, and for how long.
 *
 * <p>After {@code failures} failed tries in a row, calls of the group fail at once. After a pause
 * the client makes one call; if that fails as well, the next pause is twice as long.
 *
 * @param failures how many tries in a row must fail; 1 or more
 * @param firstPause the first pause; each later one is longer
 * @param longestPause the upper limit of the pauses
 */
public record BreakerSettings(int failures, Duration firstPause, Duration longestPause) {

  /** Ten failures in a row; pauses of two to ten seconds. */
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(10, Duration.ofSeconds(2), Duration.ofSeconds(10));

  public BreakerSettings {
    if (failures < 1) {
      throw new IllegalArgumentException("must be at least one failure: " + failures);
    }
    // Resilience4j counts in whole milliseconds, and a random part of the pause is subtracted.
    if (firstPause.toMillis() < 10 || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "the pauses must be 10 ms at least and not shrink: "
              + firstPause
              + " to "
              + longestPause);
    }
  }
}
