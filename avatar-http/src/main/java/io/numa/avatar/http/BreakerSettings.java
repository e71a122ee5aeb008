package io.numa.avatar.http;

import java.time.Duration;

/**
 * When a group of endpoints is left alone, and for how long.
 *
 * <p>After {@code failures} failed tries in a row, calls of the group fail at once. After a pause
 * one of them is let through; if it fails as well, the next pause is twice as long.
 *
 * @param failures so many tries in a row; 1 or more
 * @param firstPause the first of these pauses, which grow from time to time
 * @param longestPause what they grow up to
 */
public record BreakerSettings(int failures, Duration firstPause, Duration longestPause) {

  /** Ten failures in a row; pauses of two to ten seconds. */
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(10, Duration.ofSeconds(2), Duration.ofSeconds(10));

  public BreakerSettings {
    if (failures < 1) {
      throw new IllegalArgumentException("must be at least one failure: " + failures);
    }
    // A millisecond is the finest that Resilience4j knows, with room to take a part away.
    if (firstPause.toMillis() < 10 || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "the pauses must be 10 ms at least and not shrink: "
              + firstPause
              + " to "
              + longestPause);
    }
  }
}
