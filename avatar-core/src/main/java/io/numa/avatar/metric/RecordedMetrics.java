package io.numa.avatar.metric;

import io.numa.avatar.metric.Metric.Label;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was counted and measured since it was made. A metric has at most {@value #MOST}
 * series; what is further counts in one whose labels are all {@value #OTHER}. A series is there
 * from the start if all values of its labels are known. Safe for use by several threads.
 *
 * <p>It is made before the first poll, so it has no lambdas there: their classes would take time.
 */
public final class RecordedMetrics implements Metrics {
  /** The most series of a metric. */
  static final int MOST = 200;

  static final String OTHER = "other";

  private final Map<Metric, Map<List<String>, Value>> values = new EnumMap<>(Metric.class);

  public RecordedMetrics() {
    for (Metric metric : Metric.values()) {
      Map<List<String>, Value> series = new ConcurrentHashMap<>();
      if (metric.kind() != Metric.Kind.LEVEL) {
        for (List<String> labels : known(metric.labels())) {
          series.put(labels, new Value());
        }
      }
      values.put(metric, series);
    }
  }

  /** All combinations of the labels' values; none if a label's values are not known. */
  private static List<List<String>> known(List<Label> labels) {
    List<List<String>> all = List.of(List.of());
    for (Label label : labels) {
      var longer = new ArrayList<List<String>>();
      for (List<String> begin : all) {
        for (String value : label.values()) {
          var one = new ArrayList<>(begin);
          one.add(value);
          longer.add(List.copyOf(one));
        }
      }
      all = longer;
    }
    return all;
  }

  /** The values of one series. */
  private static final class Value {
    private final LongAdder times = new LongAdder();
    private final DoubleAdder sum = new DoubleAdder();
    private volatile @Nullable DoubleSupplier watched;

    double get() {
      DoubleSupplier other = watched;
      return other == null ? sum.sum() : other.getAsDouble();
    }
  }

  @Override
  public void add(Metric metric, double amount, String... labels) {
    Value value = of(metric, labels);
    value.times.increment();
    value.sum.add(amount);
  }

  @Override
  public void time(Metric metric, Duration time, String... labels) {
    add(metric, Math.max(0, time.toNanos()) / 1e9, labels);
  }

  @Override
  public void set(Metric metric, double value, String... labels) {
    watch(metric, () -> value, labels);
  }

  @Override
  public void watch(Metric metric, DoubleSupplier value, String... labels) {
    of(metric, labels).watched = value;
  }

  private Value of(Metric metric, String... labels) {
    if (labels.length != metric.labels().size()) {
      throw new IllegalArgumentException(
          metric + " has the labels " + metric.labels() + ", not " + labels.length);
    }
    Map<List<String>, Value> all = series(metric);
    List<String> key = List.of(labels);
    Value value = all.get(key);
    if (value != null) {
      return value;
    }
    return all.computeIfAbsent(
        all.size() < MOST ? key : Collections.nCopies(labels.length, OTHER), any -> new Value());
  }

  private Map<List<String>, Value> series(Metric metric) {
    return values.getOrDefault(metric, Map.of());
  }

  /** The values of the labels of each series that a metric has by now. */
  public Set<List<String>> labels(Metric metric) {
    return Set.copyOf(series(metric).keySet());
  }

  /** The value of a {@code COUNT} or {@code LEVEL}, the seconds of a {@code TIME}; 0 if none. */
  public double value(Metric metric, List<String> labels) {
    Value value = series(metric).get(labels);
    return value == null ? 0 : value.get();
  }

  /** How often a series was added to. */
  public long times(Metric metric, List<String> labels) {
    Value value = series(metric).get(labels);
    return value == null ? 0 : value.times.sum();
  }
}
