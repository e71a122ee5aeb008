package io.numa.avatar.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.numa.avatar.metric.RecordedMetrics;
import io.numa.avatar.operation.AvatarStatus;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.TaskFigures;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.run.guard.DiskSpace;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Gives the metrics of an avatar. Their names are in {@code docs/operate.md}; labels have few
 * values, and never a task, a branch or a repository. Nothing is measured between two calls but
 * what the avatar counts anyway. Safe for use by several threads.
 */
public final class AvatarMetrics implements Supplier<String> {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Overview overview;
  private final TaskFigures figures;
  private final RecordedSeries recorded;

  private final Set<TaskFigures.Ending> counted = new HashSet<>();

  /** The endings and stages whose times are registered. */
  private final Set<Object> known = new HashSet<>();

  private AvatarStatus status;

  /**
   * @param recorded what adapters and tasks have counted and measured
   */
  public AvatarMetrics(Overview overview, TaskFigures figures, RecordedMetrics recorded) {
    this.overview = overview;
    this.figures = figures;
    this.recorded = new RecordedSeries(recorded, registry);
    this.status = overview.status();
    describe();
  }

  private void describe() {
    AvatarStatus.Identity avatar = status.avatar();
    Info.builder()
        .name("numa_avatar_build_info")
        .help("The version of the program, in a label")
        .labelNames("version")
        .register(registry.getPrometheusRegistry())
        .addLabelValues(avatar.version());
    Gauge.builder("numa_avatar_sandbox_level", () -> 1)
        .description("The level of the sandbox that commands get, in a label")
        .tags("level", avatar.sandbox())
        .register(registry);
    gauge("numa_avatar_slots", "How many tasks may run at once", AvatarStatus::concurrency);
    gauge(
        "numa_avatar_tasks_running", "Tasks that the avatar works on", now -> now.running().size());
    gauge(
        "numa_avatar_tasks_waiting",
        "Announced tasks that wait to be begun",
        AvatarStatus::waiting);
    gauge(
        "numa_avatar_reports_waiting",
        "Statuses that the backend does not have yet",
        now -> now.reports().statuses());
    gauge(
        "numa_avatar_log_lag_bytes",
        "Bytes of logs that the backend does not have yet",
        now -> now.reports().logBytes());
    gauge(
        "numa_avatar_last_backend_contact_timestamp_seconds",
        "End of the last poll that succeeded; 0 if none did",
        now -> now.backend().last().map(Instant::getEpochSecond).orElse(0L));
    for (DiskSpace disk : status.disks()) {
      String path = disk.folder().toString();
      Gauge.builder("numa_avatar_disk_free_bytes", this, metrics -> metrics.free(path))
          .description("Free space on the disk of a folder")
          .tags("path", path)
          .register(registry);
    }
    count(new TaskFigures.Ending(OutcomeWord.DONE, Optional.empty()));
    count(new TaskFigures.Ending(OutcomeWord.CANCELLED, Optional.empty()));
    for (FailureKind kind : FailureKind.values()) {
      OutcomeWord outcome = kind.retryable() ? OutcomeWord.UNAVAILABLE : OutcomeWord.FAILED;
      count(new TaskFigures.Ending(outcome, Optional.of(kind)));
    }
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<AvatarStatus> value) {
    Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.status))
        .description(help)
        .register(registry);
  }

  private double free(String path) {
    return status.disks().stream()
        .filter(disk -> disk.folder().toString().equals(path))
        .mapToDouble(DiskSpace::free)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The metrics now, in Prometheus' text format. */
  @Override
  public synchronized String get() {
    status = overview.status();
    figures.endings().stream().filter(known::add).forEach(this::time);
    figures.stages().stream().filter(known::add).forEach(this::time);
    recorded.register();
    return registry.scrape();
  }

  /** Registers an ending that has been; those that can be expected are counted from the start. */
  private void time(TaskFigures.Ending ending) {
    count(ending);
    timer("numa_avatar_task", "How long attempts took", tags(ending), all -> all.of(ending));
  }

  private void count(TaskFigures.Ending ending) {
    if (counted.add(ending)) {
      FunctionCounter.builder("numa_avatar_tasks", figures, all -> all.of(ending).count())
          .description("Ended attempts by outcome and by what stopped them")
          .tags(tags(ending))
          .register(registry);
    }
  }

  private static Tags tags(TaskFigures.Ending ending) {
    return Tags.of(
        "outcome",
        ending.outcome().word(),
        "kind",
        ending.kind().map(FailureKind::word).orElse(""));
  }

  private void time(Stage stage) {
    timer(
        "numa_avatar_task_stage",
        "How long stages took",
        Tags.of("stage", stage.word()),
        all -> all.of(stage));
  }

  private void timer(
      String name, String help, Tags tags, Function<TaskFigures, TaskFigures.Sum> sum) {
    FunctionTimer.builder(
            name,
            figures,
            all -> sum.apply(all).count(),
            all -> sum.apply(all).total().toNanos(),
            TimeUnit.NANOSECONDS)
        .description(help)
        .tags(tags)
        .register(registry);
  }
}
