package io.numa.avatar.telemetry;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spans that wait for the collector, in bounded memory: a span beyond the limit is dropped and
 * counted, so that a slow collector holds up no task. Safe for use by several threads.
 */
final class SpanQueue implements SpanProcessor {
  /** The most spans that wait, those in the running request included. */
  static final int MOST = 2_048;

  private static final Logger log = LoggerFactory.getLogger(SpanQueue.class);
  private static final int BATCH = 256;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String collector;
  private final SpanProcessor batches;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicBoolean toldFull = new AtomicBoolean();

  /**
   * @param exporter has sent a batch, or failed to, when it returns
   * @param collector its name within a sentence
   */
  SpanQueue(SpanExporter exporter, String collector) {
    this.collector = collector;
    this.batches =
        BatchSpanProcessor.builder(new Counted(exporter))
            .setMaxQueueSize(MOST)
            .setMaxExportBatchSize(BATCH)
            .setScheduleDelay(PAUSE)
            .build();
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (waiting.incrementAndGet() <= MOST) {
      batches.onEnd(span);
      return;
    }
    waiting.decrementAndGet();
    lost.incrementAndGet();
    if (toldFull.compareAndSet(false, true)) {
      log.warn(
          "{} is too slow: {} parts of traces wait for it, and more are dropped", name(), MOST);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  /** How many spans were not delivered, and will not be. */
  long lost() {
    return lost.get();
  }

  /** Tells how many spans did not arrive, when no more are sent. */
  void tellLost() {
    long all = lost.get() + waiting.get();
    if (all > 0) {
      log.warn("{} parts of traces did not reach {}", all, collector);
    }
  }

  private String name() {
    return collector.substring(0, 1).toUpperCase(Locale.ROOT) + collector.substring(1);
  }

  /** Counts what the exporter has done. */
  private final class Counted implements SpanExporter {
    private final SpanExporter exporter;

    Counted(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int count = spans.size();
      CompletableResultCode result = exporter.export(spans);
      result.whenComplete(
          () -> {
            waiting.addAndGet(-count);
            if (!result.isSuccess()) {
              lost.addAndGet(count);
            }
          });
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
