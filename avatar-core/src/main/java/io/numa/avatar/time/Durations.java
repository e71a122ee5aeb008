package io.numa.avatar.time;

import java.time.Duration;
import java.util.Locale;

/** Formats durations for people. */
public final class Durations {
  private Durations() {}

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
