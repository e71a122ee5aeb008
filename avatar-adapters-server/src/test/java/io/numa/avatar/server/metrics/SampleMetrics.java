package io.numa.avatar.server.metrics;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metric.Label;
import io.numa.avatar.metric.RecordedMetrics;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.TaskFigures;
import io.numa.avatar.server.document.Examples;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.time.TimeSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics of an avatar that has done something of everything. */
final class SampleMetrics {
  private static final Pattern LINE = Pattern.compile("([a-zA-Z_:]+)(?:\\{(.*)})? \\S+");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern SUMMARY = Pattern.compile("_(count|sum)$");

  private final Overview overview = mock();
  private final TaskFigures figures = new TaskFigures(TimeSource.SYSTEM);
  private final RecordedMetrics recorded = new RecordedMetrics();

  SampleMetrics() {
    when(overview.status()).thenReturn(Examples.status());
  }

  AvatarMetrics metrics() {
    return new AvatarMetrics(overview, figures, recorded);
  }

  /** A task fails in its tests. */
  void fail(String id) {
    var task = new TaskId(id);
    figures.entered(task, Stage.TEST);
    figures.ended(
        task,
        TaskOutcome.of(
            new Failure(Stage.TEST, FailureKind.TESTS_FAILED, "two fail"),
            WorkSummary.NOTHING_YET));
  }

  /** What Prometheus reads; each metric has at least one series. */
  String text() {
    fail("1");
    for (Metric metric : Metric.values()) {
      recorded.add(metric, 1, metric.labels().stream().map(this::value).toArray(String[]::new));
    }
    return metrics().get();
  }

  private String value(Label label) {
    return label.values().isEmpty() ? "sample" : label.values().get(0);
  }

  /** The labels of each metric; a summary counts once, under its own name. */
  Map<String, Set<String>> served() {
    var all = new TreeMap<String, Set<String>>();
    series().forEach((name, labels) -> all.put(SUMMARY.matcher(name).replaceFirst(""), labels));
    return all;
  }

  /** The labels of each series' name, as queries use it. */
  Map<String, Set<String>> series() {
    var all = new TreeMap<String, Set<String>>();
    text()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .forEach(
            line ->
                all.computeIfAbsent(line.group(1), name -> new TreeSet<>())
                    .addAll(labels(line.group(2))));
    return all;
  }

  private static Set<String> labels(String list) {
    var names = new TreeSet<String>();
    if (list != null) {
      LABEL.matcher(list).results().forEach(label -> names.add(label.group(1)));
    }
    return names;
  }
}
