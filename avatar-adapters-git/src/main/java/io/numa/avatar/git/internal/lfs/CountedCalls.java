package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metrics;
import okhttp3.Call;
import okhttp3.EventListener;

/** Counts the bytes of calls, without headers. */
final class CountedCalls extends EventListener {
  private final Metrics metrics;

  CountedCalls(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public void requestBodyEnd(Call call, long bytes) {
    metrics.add(Metric.GIT_BYTES, (double) bytes, "sent");
  }

  @Override
  public void responseBodyEnd(Call call, long bytes) {
    metrics.add(Metric.GIT_BYTES, (double) bytes, "received");
  }
}
