package io.numa.avatar.backend.internal.call;

import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.HttpTransport;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.metric.Metrics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import okhttp3.Request;

/** Sends requests to a backend, and tells the metrics of each. Safe for use by several threads. */
final class MeasuredTransport implements AutoCloseable {
  /** The code of a request that got no answer. */
  private static final String NO_ANSWER = "none";

  private final HttpTransport transport;
  private final Metrics metrics;
  private final Clock clock;
  private final LongSupplier nanoTime;

  MeasuredTransport(HttpTransport transport, Metrics metrics, Clock clock, LongSupplier nanoTime) {
    this.transport = transport;
    this.metrics = metrics;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Sends a request; see {@link HttpTransport#exchange}.
   *
   * @param route what is asked for, in one of few words
   */
  HttpAnswer exchange(String route, Request request, Duration silence, Duration limit)
      throws IOException, InterruptedException {
    long start = nanoTime.getAsLong();
    HttpAnswer answer;
    try {
      answer = transport.exchange(request, silence, limit);
    } catch (IOException e) {
      count(route, NO_ANSWER, start);
      throw e;
    }
    count(route, Integer.toString(answer.status()), start);
    noteTime(answer);
    return answer;
  }

  private void count(String route, String code, long start) {
    metrics.count(Metric.API_REQUESTS, route, code);
    metrics.time(Metric.API_REQUEST, Duration.ofNanos(nanoTime.getAsLong() - start), route);
  }

  private void noteTime(HttpAnswer answer) {
    Instant there = answer.headers().getInstant("Date");
    if (there != null) {
      Duration ahead = Duration.between(clock.instant(), there);
      metrics.set(Metric.CLOCK_OFFSET, ahead.toMillis() / 1000.0);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
