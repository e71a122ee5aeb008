package io.numa.avatar.telemetry;

import io.numa.avatar.http.address.HostLookup;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.time.TimeSource;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sends a trace of each attempt by the protocol of OpenTelemetry (OTLP, over HTTP): a span of the
 * attempt, below it one of each stage, below those one of each agent's turn, and below that one of
 * each tool. They bear ids, words and numbers, agents' names and the tools' titles; no prompt, no
 * answer and no output.
 *
 * <p>At most {@value SpanQueue#MOST} spans wait for the collector; a task never waits for it. What
 * it does not take within three tries is lost. An outage is logged once.
 */
public final class OtlpTracing implements Tracing {
  private static final long LAST_SECONDS = 2;

  /**
   * OpenTelemetry's own log. It would write each failure to the standard error, and {@link
   * CollectorSender} tells them already. Java forgets a level when it forgets the logger.
   */
  private final Logger silenced = Logger.getLogger("io.opentelemetry");

  private final CollectorSender sender;
  private final SpanQueue queue;
  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final SpanText text;
  private final AttemptSpans attempts;

  public OtlpTracing(TelemetrySettings settings, TimeSource time) {
    this(settings, time, HostLookup.SYSTEM);
  }

  OtlpTracing(TelemetrySettings settings, TimeSource time, HostLookup lookup) {
    silenced.setLevel(Level.OFF);
    this.sender = new CollectorSender(settings, time, lookup);
    this.queue = new SpanQueue(exporter(settings.endpoint(), sender), sender.collector());
    this.provider =
        SdkTracerProvider.builder().setResource(resource(settings)).addSpanProcessor(queue).build();
    this.tracer = provider.get("io.numa.avatar");
    this.text = new SpanText(settings.redactor());
    this.attempts = new AttemptSpans(tracer, text);
  }

  private static SpanExporter exporter(String endpoint, CollectorSender sender) {
    HttpSenderProvider senders = unused -> sender;
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(endpoint)
        .setMeterProvider(MeterProvider.noop())
        .setComponentLoader(
            new ComponentLoader() {
              @Override
              public <T> Iterable<T> load(Class<T> type) {
                return type.isInstance(senders) ? List.of(type.cast(senders)) : List.of();
              }
            })
        .build();
  }

  private static Resource resource(TelemetrySettings settings) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.of(
                    AttributeKey.stringKey("service.name"), "numa-avatar",
                    AttributeKey.stringKey("service.version"), settings.version(),
                    AttributeKey.stringKey("service.instance.id"), settings.avatar())));
  }

  @Override
  public RunListener listener() {
    return attempts;
  }

  @Override
  public CodingAgents traced(CodingAgents agents) {
    return new TracedAgents(agents, attempts, tracer, text);
  }

  /** How many spans did not arrive. */
  long lost() {
    return queue.lost();
  }

  @Override
  public void close() {
    attempts.leaveAll();
    provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    sender.abort();
    queue.tellLost();
  }
}
