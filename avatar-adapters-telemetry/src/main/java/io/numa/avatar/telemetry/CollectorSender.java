package io.numa.avatar.telemetry;

import io.numa.avatar.http.AnswerLimits;
import io.numa.avatar.http.AnswerVerdict;
import io.numa.avatar.http.BreakerSettings;
import io.numa.avatar.http.EndpointClient;
import io.numa.avatar.http.EndpointSettings;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.HttpTransport;
import io.numa.avatar.http.NetworkFailure;
import io.numa.avatar.http.OutageLog;
import io.numa.avatar.http.RateLimit;
import io.numa.avatar.http.Redirects;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.http.TransientException;
import io.numa.avatar.http.address.AddressRule;
import io.numa.avatar.http.address.AllowedNetworks;
import io.numa.avatar.http.address.CheckedCalls;
import io.numa.avatar.http.address.CheckedLookup;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.http.address.ForbiddenAddressException;
import io.numa.avatar.http.address.HostLookup;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.time.TimeSource;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends OpenTelemetry's requests to a collector, on the thread that asks for it. A request has
 * three tries within seconds. Follows no redirection, as the headers may be secrets.
 */
final class CollectorSender implements HttpSender {
  private static final Logger log = LoggerFactory.getLogger(CollectorSender.class);
  private static final MediaType PROTOBUF = MediaType.get("application/x-protobuf");
  private static final AnswerLimits ANSWERS = new AnswerLimits(64 << 10, 64 << 10);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final RetrySettings RETRIES =
      new RetrySettings(3, Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final TelemetrySettings settings;
  private final HostLookup lookup;
  private final HttpUrl url;
  private final Clock clock;
  private final HttpTransport transport;
  private final EndpointClient client;
  private final AtomicBoolean toldRefusal = new AtomicBoolean();
  private volatile boolean aborted;

  CollectorSender(TelemetrySettings settings, TimeSource time, HostLookup lookup) {
    this.settings = settings;
    this.lookup = lookup;
    this.url = HttpUrl.get(settings.endpoint());
    this.clock = time.clock();
    this.transport = new HttpTransport("avatar-traces", CONNECT, ANSWERS, this::setUp);
    this.client =
        new EndpointClient(
            new EndpointSettings("traces", RETRIES, BreakerSettings.DEFAULT),
            new OutageLog(collector(), log, time::nanoTime),
            clock,
            time::nanoTime);
  }

  /** The operator names the collector, so it may be at any address that names are for. */
  private OkHttpClient.Builder setUp(OkHttpClient.Builder builder) {
    Destination collector = Destination.of(url);
    var rule = new AddressRule(AllowedNetworks.NONE, collector::equals, "telemetry.otlp.url");
    return settings
        .network()
        .apply(builder)
        .addInterceptor(new CheckedCalls(new CheckedLookup(rule, lookup)));
  }

  /** The collector within a sentence. */
  String collector() {
    return "the collector at " + url;
  }

  @Override
  public void send(
      MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
    try {
      RequestBody body = RequestBody.create(bytes(message), PROTOBUF);
      HttpAnswer answer = client.repeatedly("send traces", () -> sent(body));
      toldRefusal.set(false);
      onResponse.accept(new Answer(answer.status()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      onError.accept(e);
    } catch (IOException e) {
      onError.accept(e);
    } catch (PortException e) {
      tell(e);
      onError.accept(e);
    }
  }

  private static byte[] bytes(MessageWriter message) throws IOException {
    var bytes = new ByteArrayOutputStream(Math.max(0, message.getContentLength()));
    message.writeMessage(bytes);
    return bytes.toByteArray();
  }

  private HttpAnswer sent(RequestBody body) throws InterruptedException {
    if (aborted) {
      throw new PortException(FailureKind.INTERRUPTED, "the avatar ends");
    }
    Request.Builder request = new Request.Builder().url(url).post(body);
    settings.headers().forEach((name, value) -> request.header(name, value.reveal()));
    HttpAnswer answer;
    try {
      answer = transport.exchange(request.build(), LIMIT, LIMIT);
    } catch (IOException e) {
      throw failure(NetworkFailure.cause(e));
    }
    if (!answer.successful()) {
      throw failure(answer);
    }
    return answer;
  }

  private PortException failure(Throwable cause) {
    if (cause instanceof ForbiddenAddressException) {
      return new PortException(FailureKind.DENIED, String.valueOf(cause.getMessage()), cause);
    }
    return new TransientException(
        FailureKind.UNAVAILABLE,
        "could not send traces: " + collector() + " does not answer: " + cause.getMessage(),
        true,
        Duration.ZERO,
        cause);
  }

  private PortException failure(HttpAnswer answer) {
    String problem = "could not send traces: " + collector() + " answered " + answer.status();
    if (Redirects.isOne(answer)) {
      return new PortException(
          FailureKind.INVALID_ANSWER,
          problem + " (redirected to " + answer.redirection() + ", where traces do not go)");
    }
    return switch (AnswerVerdict.of(answer)) {
      case PASSING ->
          new TransientException(
              FailureKind.UNAVAILABLE,
              problem,
              false,
              RateLimit.retryAfter(answer.headers(), clock),
              null);
      case CREDENTIALS ->
          new PortException(FailureKind.UNAUTHORIZED, problem + "; check telemetry.otlp.headers");
      case FINAL_FOR_REQUEST, FINAL_FOR_TASK ->
          new PortException(FailureKind.INVALID_ANSWER, problem + "; check telemetry.otlp.url");
    };
  }

  /** Outages are told already; what the operator has to mend is told once. */
  private void tell(PortException failure) {
    if (!aborted && !failure.retryable() && toldRefusal.compareAndSet(false, true)) {
      log.warn("Traces are lost: {}", failure.getMessage());
    }
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }

  /** Aborts a running request; further ones fail at once. */
  void abort() {
    aborted = true;
    transport.close();
  }

  /** What OpenTelemetry wants to know of an answer. */
  private record Answer(int status) implements HttpResponse {
    @Override
    public int getStatusCode() {
      return status;
    }

    @Override
    public String getStatusMessage() {
      return "";
    }

    @Override
    public byte[] getResponseBody() {
      return new byte[0];
    }
  }
}
