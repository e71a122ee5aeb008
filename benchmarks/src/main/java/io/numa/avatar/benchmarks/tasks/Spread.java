package io.numa.avatar.benchmarks.tasks;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** The durations of several runs of the same work, in milliseconds. */
public record Spread(double median, double min, double max) {
  public static Spread ofNanos(Collection<Long> nanos) {
    double[] sorted = nanos.stream().mapToDouble(one -> one / 1e6).sorted().toArray();
    if (sorted.length == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    double upper = sorted[sorted.length / 2];
    double lower = sorted[(sorted.length - 1) / 2];
    return new Spread((lower + upper) / 2, sorted[0], Arrays.stream(sorted).max().orElseThrow());
  }

  boolean isEmpty() {
    return Double.isNaN(median);
  }

  /** Such as {@code 310 (295–342)}. */
  @Override
  public String toString() {
    return isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%s (%s–%s)", text(median), text(min), text(max));
  }

  /** Milliseconds, exact enough to compare. */
  static String text(double millis) {
    return String.format(Locale.ROOT, millis > 0 && millis < 10 ? "%.1f" : "%.0f", millis);
  }
}
