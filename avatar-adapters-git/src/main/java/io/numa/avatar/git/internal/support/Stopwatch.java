package io.numa.avatar.git.internal.support;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metrics;
import io.numa.avatar.time.TimeSource;

/** Measures one operation, until it is closed. */
public final class Stopwatch implements AutoCloseable {
  private final Metrics metrics;
  private final String operation;
  private final long start = TimeSource.SYSTEM.nanoTime();

  private Stopwatch(Metrics metrics, String operation) {
    this.metrics = metrics;
    this.operation = operation;
  }

  /** Begins to measure an operation that {@link Metric#GIT_OPERATION} knows. */
  public static Stopwatch start(GitSettings settings, String operation) {
    return new Stopwatch(settings.access().metrics(), operation);
  }

  @Override
  public void close() {
    metrics.time(Metric.GIT_OPERATION, TimeSource.SYSTEM.since(start), operation);
  }
}
