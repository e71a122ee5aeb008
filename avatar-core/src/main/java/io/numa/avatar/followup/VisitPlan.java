package io.numa.avatar.followup;

import io.numa.avatar.time.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When to look at each change request: at the interval where something happens, and less and less
 * often where nothing does. Not thread-safe.
 */
final class VisitPlan {
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Duration interval;
  private final Clock clock;
  private final Map<String, Visit> visits = new HashMap<>();

  private record Visit(Instant next, Duration pause) {}

  VisitPlan(Duration interval, Clock clock) {
    this.interval = interval;
    this.clock = clock;
  }

  /** Whether it is time; one that was never looked at is due at once. */
  boolean isDue(String url) {
    return Optional.ofNullable(visits.get(url))
        .filter(visit -> clock.instant().isBefore(visit.next()))
        .isEmpty();
  }

  /** Something has happened there. */
  void busy(String url) {
    plan(url, interval);
  }

  /** Nothing has happened, or it could not be looked at; returns the pause until the next look. */
  Duration quiet(String url) {
    Duration pause =
        Optional.ofNullable(visits.get(url))
            .map(visit -> visit.pause().multipliedBy(3).dividedBy(2))
            .orElse(interval);
    return plan(url, Durations.shorter(pause, Durations.longer(interval, LONGEST)));
  }

  private Duration plan(String url, Duration pause) {
    visits.put(url, new Visit(clock.instant().plus(pause), pause));
    return pause;
  }

  /** Forgets all but these. */
  void keep(Collection<String> urls) {
    visits.keySet().retainAll(urls);
  }
}
