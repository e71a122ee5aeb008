package io.numa.avatar.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.RecordedMetrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Gives what was recorded to Micrometer. Not thread-safe. */
final class RecordedSeries {
  private static final String PREFIX = "numa_avatar_";

  private final RecordedMetrics recorded;
  private final MeterRegistry registry;
  private final Set<Series> known = new HashSet<>();

  private record Series(Metric metric, List<String> labels) {
    List<Tag> tags() {
      var tags = new ArrayList<Tag>();
      for (int i = 0; i < labels.size(); i++) {
        tags.add(Tag.of(metric.labels().get(i).name(), labels.get(i)));
      }
      return tags;
    }
  }

  RecordedSeries(RecordedMetrics recorded, MeterRegistry registry) {
    this.recorded = recorded;
    this.registry = registry;
  }

  /** Registers the series that came since the last call; Micrometer reads them by itself. */
  void register() {
    for (Metric metric : Metric.values()) {
      for (List<String> labels : recorded.labels(metric)) {
        var series = new Series(metric, labels);
        if (known.add(series)) {
          register(series);
        }
      }
    }
  }

  private void register(Series series) {
    String name = PREFIX + series.metric().word();
    switch (series.metric().kind()) {
      case COUNT ->
          FunctionCounter.builder(name, recorded, all -> value(all, series))
              .description(series.metric().help())
              .tags(series.tags())
              .register(registry);
      case TIME ->
          FunctionTimer.builder(
                  name,
                  recorded,
                  all -> all.times(series.metric(), series.labels()),
                  all -> value(all, series),
                  TimeUnit.SECONDS)
              .description(series.metric().help())
              .tags(series.tags())
              .register(registry);
      case LEVEL ->
          Gauge.builder(name, recorded, all -> value(all, series))
              .description(series.metric().help())
              .tags(series.tags())
              .register(registry);
    }
  }

  private static double value(RecordedMetrics all, Series series) {
    return all.value(series.metric(), series.labels());
  }
}
