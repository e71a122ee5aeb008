package io.numa.avatar.time;

import java.time.Duration;
import java.util.Locale;

/** Chooses among durations, and formats them for people. */
public final class Durations {
  /** So many doublings turn a second into 12 days; more would only overflow. */
  private static final int MAX_DOUBLINGS = 20;

  private Durations() {}

  public static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  public static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /**
   * Doubles a duration again and again.
   *
   * @param times how often; not negative
   * @param longest the most that it becomes
   */
  public static Duration doubled(Duration first, int times, Duration longest) {
    return shorter(first.multipliedBy(1L << Math.min(times, MAX_DOUBLINGS)), longest);
  }

  /** Such as {@code 0.3 s}, {@code 12 s}, {@code 4 min 05 s} or {@code 2 h 00 min}. */
  public static String text(Duration duration) {
    if (duration.toMillis() < 9_950) {
      return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
    if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
      return duration.toSeconds() + " s";
    }
    return duration.compareTo(Duration.ofHours(1)) < 0
        ? String.format(
            Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart())
        : String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
  }
}
