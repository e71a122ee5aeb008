package io.numa.avatar.http;

import io.numa.avatar.time.Backoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to pause before the next try: what the server asks for, and a backoff on top. */
final class Pauses {
  private final Duration longestRetryAfter;
  private final Backoff backoff;

  Pauses(RetrySettings settings, RandomGenerator random) {
    this.longestRetryAfter = settings.longestRetryAfter();
    this.backoff = new Backoff(settings.firstSpan(), settings.longestSpan(), random);
  }

  /**
   * @param tries how many there have been, from 1
   * @param retryAfter what the server asked for
   */
  Duration after(int tries, Duration retryAfter) {
    Duration asked = retryAfter.compareTo(longestRetryAfter) < 0 ? retryAfter : longestRetryAfter;
    // On top of what was asked for, so that avatars that were told the same do not all come back
    // at the same moment.
    return asked.plus(backoff.after(tries));
  }
}
