package io.numa.avatar.benchmarks.tasks;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

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

  /**
   * The ratios of runs to those of the same round on another side: the median, and the quartiles.
   */
  public static String pairs(List<Long> nanos, List<Long> others) {
    double[] ratios =
        IntStream.range(0, others.size())
            .mapToDouble(i -> nanos.get(i) / (double) others.get(i))
            .sorted()
            .toArray();
    int last = ratios.length - 1;
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f–%.2f)",
        ratios[last / 2],
        ratios[last / 4],
        ratios[last - last / 4]);
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
