package io.numa.avatar.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** The durations of many runs of the same work. */
final class Timings {
  private final long[] nanos;

  private Timings(long[] nanos) {
    this.nanos = nanos;
  }

  /** The durations that {@code measure} returns, in nanoseconds. */
  static <T> Timings of(Collection<T> done, ToLongFunction<T> measure) {
    long[] nanos = done.stream().mapToLong(measure).toArray();
    Arrays.sort(nanos);
    return new Timings(nanos);
  }

  /** The duration that {@code percent} of all do not exceed, in milliseconds. */
  double percentile(int percent) {
    if (nanos.length == 0) {
      return 0;
    }
    int rank = (int) Math.ceil(percent / 100.0 * nanos.length);
    return nanos[Math.max(rank, 1) - 1] / 1e6;
  }

  double perSecond() {
    double seconds = Arrays.stream(nanos).sum() / 1e9;
    return seconds == 0 ? 0 : nanos.length / seconds;
  }

  /** Cells of a table: per second, median and 95th percentile. */
  String cells() {
    return String.format(
        Locale.ROOT, "%.1f | %.1f ms | %.1f ms", perSecond(), percentile(50), percentile(95));
  }
}
