package io.numa.avatar.backend;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to pause before the next try: exponential, with full jitter. */
final class Backoff {
  private static final int MAX_DOUBLINGS = 30;

  private final RetrySettings settings;
  private final RandomGenerator random;

  Backoff(RetrySettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /**
   * @param tries how many there have been, from 1
   * @param retryAfter what the backend asked for
   */
  Duration pause(int tries, Duration retryAfter) {
    Duration asked =
        retryAfter.compareTo(settings.longestRetryAfter()) < 0
            ? retryAfter
            : settings.longestRetryAfter();
    // On top of what was asked for, so that those who were told the same do not all come back at
    // the same moment.
    return asked.plusMillis(random.nextLong(span(tries).toMillis() + 1));
  }

  private Duration span(int tries) {
    Duration doubled = settings.firstSpan().multipliedBy(1L << Math.min(tries - 1, MAX_DOUBLINGS));
    return doubled.compareTo(settings.longestSpan()) < 0 ? doubled : settings.longestSpan();
  }
}
