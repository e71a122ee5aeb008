package io.numa.avatar.backend.internal.call;

import io.numa.avatar.http.NetworkFailure;
import io.numa.avatar.http.Retries;
import io.numa.avatar.http.TransientException;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metrics;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A call that counts how often it is repeated, and why. For one caller; not thread-safe. */
final class CountedTries<T> implements Retries.Call<T> {
  private final CallKind kind;
  private final Retries.Call<T> call;
  private final Metrics metrics;
  private @Nullable TransientException last;

  CountedTries(CallKind kind, Retries.Call<T> call, Metrics metrics) {
    this.kind = kind;
    this.call = call;
    this.metrics = metrics;
  }

  @Override
  public T make() throws InterruptedException {
    if (last != null) {
      metrics.count(Metric.API_RETRIES, kind.route(), cause(last));
    }
    try {
      return call.make();
    } catch (TransientException e) {
      last = e;
      throw e;
    }
  }

  /** The kind of network failure, or {@code answer}: the code of the request says which one. */
  private static String cause(TransientException failure) {
    Throwable network = failure.getCause();
    return network == null ? "answer" : NetworkFailure.of(network).name().toLowerCase(Locale.ROOT);
  }
}
