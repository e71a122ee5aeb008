package io.numa.avatar.backend.internal.call;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.backend.settings.TimeLimits;
import io.numa.avatar.http.AnswerLimits;
import io.numa.avatar.http.EndpointClient;
import io.numa.avatar.http.EndpointSettings;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.HttpTransport;
import io.numa.avatar.http.JsonBody;
import io.numa.avatar.http.OutageLog;
import io.numa.avatar.http.Redirects;
import io.numa.avatar.http.Retries;
import io.numa.avatar.metric.Metric;
import io.numa.avatar.port.Secret;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a backend: sends the token, and turns failures into the ports' exceptions. Each group of
 * endpoints has its own {@link EndpointClient}, so that a failing group stops no other. Safe for
 * use by several threads; an interrupt ends a call.
 */
public final class BackendClient implements AutoCloseable {
  private static final int UNSUPPORTED_MEDIA_TYPE = 415;
  private static final int PAGES = 2;

  /** The limit of an answer; plans of tasks are the largest answers. */
  public static final int MAX_ANSWER_MIB = 32;

  public static final int MAX_ANSWER_BYTES = MAX_ANSWER_MIB << 20;

  private static final AnswerLimits ANSWERS = new AnswerLimits(MAX_ANSWER_BYTES, 64 << 10);

  private final Clock clock;
  private final TimeLimits limits;
  private volatile BackendSettings settings;
  private volatile BackendFailures failures;
  private final MeasuredTransport transport;
  private final Map<EndpointGroup, EndpointClient> endpoints = new EnumMap<>(EndpointGroup.class);
  private final GzipUse gzip = new GzipUse();
  private final Set<EndpointGroup> heard = ConcurrentHashMap.newKeySet();

  public BackendClient(BackendSettings settings, Clock clock) {
    this(
        settings, clock, LoggerFactory.getLogger(BackendClient.class), TimeSource.SYSTEM::nanoTime);
  }

  public BackendClient(BackendSettings settings, Clock clock, Logger log, LongSupplier nanoTime) {
    this.settings = settings;
    this.clock = clock;
    this.limits = settings.limits();
    this.failures = new BackendFailures(settings, clock);
    this.transport =
        new MeasuredTransport(
            new HttpTransport(
                "avatar-backend", limits.connect(), ANSWERS, UnaryOperator.identity()),
            settings.metrics(),
            clock,
            nanoTime);
    var outages = new OutageLog("the backend at " + settings.url(), log, nanoTime);
    for (EndpointGroup group : EndpointGroup.values()) {
      var calls = new EndpointSettings(group.toString(), settings.retries(), settings.breaker());
      var client = new EndpointClient(calls, outages, clock, nanoTime);
      settings.metrics().watch(Metric.BREAKER_OPEN, () -> client.isOff() ? 1 : 0, group.word());
      endpoints.put(group, client);
    }
  }

  /**
   * Sends another token from the next request on.
   *
   * @param token empty for none
   */
  public void use(Optional<Secret> token) {
    BackendSettings other = settings.withApiToken(token);
    settings = other;
    failures = new BackendFailures(other, clock);
  }

  /** Gets the JSON that {@code read} asks for; a missing node if the answer is empty. */
  public JsonNode read(Read read) throws InterruptedException {
    return read(read, limits.read(), limits.call());
  }

  /** The same; the backend may send nothing for all of {@code limit}. */
  public JsonNode poll(Read read, Duration limit) throws InterruptedException {
    return read(read, limit, limit);
  }

  private JsonNode read(Read read, Duration silence, Duration limit) throws InterruptedException {
    Request request = request(read.url()).build();
    return repeatedly(
        read.call(),
        read.action(),
        () -> json(read, exchange(read.call().route(), read.action(), request, silence, limit)));
  }

  private JsonNode json(Read read, HttpAnswer answer) {
    require(read.call(), read.action(), answer, false);
    Optional<JsonNode> json = answer.json();
    json.flatMap(read.problem())
        .ifPresent(
            problem -> {
              throw failures.wrongShape(read.call(), read.action(), problem);
            });
    json.ifPresent(any -> heard.add(read.call().group()));
    return json.orElseGet(MissingNode::getInstance);
  }

  /**
   * Sends a write. A status 2xx is a success with any body, except those that {@link #taken}
   * refuses.
   */
  public HttpAnswer write(Write write) throws InterruptedException {
    var body = new JsonBody(write.body());
    var pages = new AtomicInteger(PAGES);
    return repeatedly(
        write.call(),
        write.action(),
        () -> taken(write, pages, send(write, body, limits.read(), limits.call())));
  }

  /**
   * Reads, and sends the write that follows from the answer. Every try reads anew, so that a write
   * never rests on what an earlier try has read.
   *
   * @param write gives no write if there is nothing to change
   * @return the answer to the write
   */
  public Optional<HttpAnswer> change(Read read, Function<JsonNode, Optional<Write>> write)
      throws InterruptedException {
    var pages = new AtomicInteger(PAGES);
    return repeatedly(CallKind.STATUS, read.action(), () -> changed(read, write, pages));
  }

  private <T> T repeatedly(CallKind kind, String action, Retries.Call<T> call)
      throws InterruptedException {
    return endpoints(kind.group())
        .repeatedly(action, new CountedTries<>(kind, call, settings.metrics()));
  }

  private Optional<HttpAnswer> changed(
      Read read, Function<JsonNode, Optional<Write>> write, AtomicInteger pages)
      throws InterruptedException {
    Request request = request(read.url()).build();
    HttpAnswer answer =
        exchange(read.call().route(), read.action(), request, limits.read(), limits.call());
    JsonNode now = json(read, answer);
    Optional<Write> next = write.apply(now);
    return next.isEmpty()
        ? Optional.empty()
        : Optional.of(taken(next.get(), pages, send(next.get(), limits.read(), limits.call())));
  }

  private HttpAnswer send(Write write, Duration silence, Duration limit)
      throws InterruptedException {
    return send(write, new JsonBody(write.body()), silence, limit);
  }

  /** Sends a renewal with one try and no pause, in its own time limit. */
  public HttpAnswer renew(Write renewal) throws InterruptedException {
    return writeOnce(renewal, limits.renewal(), limits.renewal());
  }

  /** Sends a write with one try and no pause. */
  public HttpAnswer writeOnce(Write write) throws InterruptedException {
    return writeOnce(write, limits.read(), limits.call());
  }

  private HttpAnswer writeOnce(Write write, Duration silence, Duration limit)
      throws InterruptedException {
    var body = new JsonBody(write.body());
    return endpoints(write.group())
        .once(
            write.action(),
            () -> taken(write, new AtomicInteger(), send(write, body, silence, limit)));
  }

  /**
   * Refuses a web page if the group has answered an earlier write with something else: then a proxy
   * sent the page, and the write is lost. If a backend always answers with pages, they count as
   * successes.
   *
   * @param doubts how many more pages to refuse from a backend that has not answered otherwise yet
   */
  private HttpAnswer taken(Write write, AtomicInteger doubts, HttpAnswer answer) {
    boolean page = answer.successful() && answer.page();
    boolean believed = page && !heard.contains(write.group()) && doubts.getAndDecrement() <= 0;
    if (!believed) {
      require(write.call(), write.action(), answer, write.smallest());
      heard.add(write.group());
    }
    return answer;
  }

  private HttpAnswer send(Write write, JsonBody body, Duration silence, Duration limit)
      throws InterruptedException {
    boolean log = write.group() == EndpointGroup.LOGS;
    if (log && gzip.pays(body.contentLength())) {
      Request zipped =
          request(write, body.gzipped()).newBuilder().header("Content-Encoding", "gzip").build();
      HttpAnswer answer = exchange(write.call().route(), write.action(), zipped, silence, limit);
      if (answer.status() != UNSUPPORTED_MEDIA_TYPE) {
        return heeded(answer);
      }
      gzip.refuse();
    }
    HttpAnswer answer =
        exchange(write.call().route(), write.action(), request(write, body), silence, limit);
    return log ? heeded(answer) : answer;
  }

  private HttpAnswer heeded(HttpAnswer answer) {
    if (answer.successful()) {
      gzip.heed(answer.headers());
    }
    return answer;
  }

  /** Sends one request and returns any answer, for checks of the backend itself. */
  public HttpAnswer ask(String action, HttpUrl url) throws InterruptedException {
    return exchange("docs", action, request(url).build(), limits.read(), limits.call());
  }

  private Request request(Write write, RequestBody body) {
    return request(write.url())
        .header("Idempotency-Key", write.key())
        .method(write.method(), body)
        .build();
  }

  private Request.Builder request(HttpUrl url) {
    var request = new Request.Builder().url(url).header("Accept", "application/json");
    settings
        .apiToken()
        .ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
    return request;
  }

  private void require(CallKind call, String action, HttpAnswer answer, boolean smallest) {
    AnswerKind kind = AnswerKind.of(answer, smallest);
    AnswerTable.verdict(call, kind)
        .ifPresent(
            verdict -> {
              throw failures.of(verdict, call, action, kind, answer);
            });
  }

  /** Sends a request, and follows redirections within the backend's host. */
  private HttpAnswer exchange(
      String route, String action, Request request, Duration silence, Duration limit)
      throws InterruptedException {
    try {
      Request next = request;
      HttpAnswer answer = transport.exchange(route, next, silence, limit);
      for (int i = 0; i < Redirects.MOST; i++) {
        Optional<HttpUrl> place = Redirects.next(next.url(), answer);
        if (place.isEmpty()) {
          break;
        }
        next = next.newBuilder().url(place.get()).build();
        answer = transport.exchange(route, next, silence, limit);
      }
      return answer;
    } catch (IOException e) {
      throw failures.of(action, e);
    }
  }

  private EndpointClient endpoints(EndpointGroup group) {
    return requireNonNull(endpoints.get(group), "one for each group");
  }

  /** Aborts running calls, and releases threads and connections. */
  @Override
  public void close() {
    transport.close();
  }
}
