package io.numa.avatar.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a backend: sends the token, tries again what may succeed, and turns the rest into the
 * ports' exceptions. Safe for use by several threads; an interrupt ends a call.
 *
 * <p>OkHttp itself neither repeats nor redirects anything: it would do so without asking, for
 * writes too.
 */
final class BackendClient implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BackendClient.class);
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int MAX_CALLS = 64;

  private final BackendSettings settings;
  private final BackendFailures failures;
  private final OkHttpClient http;
  private final Outage outage;
  private final Retry retry;

  BackendClient(BackendSettings settings, Clock clock) {
    this(settings, clock, new Outage(settings.url(), log));
  }

  BackendClient(BackendSettings settings, Clock clock, Outage outage) {
    this.settings = settings;
    this.failures = new BackendFailures(settings, clock);
    this.http = httpClient(settings.limits());
    this.outage = outage;
    this.retry = retry(settings.retries(), outage);
  }

  /** Gets the JSON at {@code url}; {@code action} completes "could not …". */
  JsonNode read(String action, HttpUrl url) throws InterruptedException {
    return read(action, url, settings.limits().call());
  }

  /** The same, for an answer that may take {@code limit}. */
  JsonNode read(String action, HttpUrl url, Duration limit) throws InterruptedException {
    Request request = request(url).build();
    return repeatedly(
        () -> {
          Answer answer = succeed(action, request, limit);
          return Json.parse(answer).orElseThrow(() -> failures.notJson(action, answer));
        });
  }

  /**
   * Writes {@code body}; whatever the answer's body is, a 2xx is a success.
   *
   * @param key the same for every try, and for every later call that writes the same
   */
  Answer write(String action, String method, HttpUrl url, String key, JsonNode body)
      throws InterruptedException {
    // By way of a string: half a surrogate pair becomes a question mark, not an exception.
    byte[] content = body.toString().getBytes(UTF_8);
    Request request =
        request(url)
            .header("Idempotency-Key", key)
            .method(method, RequestBody.create(content, JSON))
            .build();
    return repeatedly(() -> succeed(action, request, settings.limits().call()));
  }

  /** Asks once and takes any answer; for looking at the backend itself. */
  Answer ask(String action, HttpUrl url) throws InterruptedException {
    return exchange(action, request(url).build(), settings.limits().call());
  }

  private Request.Builder request(HttpUrl url) {
    var request = new Request.Builder().url(url).header("Accept", "application/json");
    settings
        .apiToken()
        .ifPresent(token -> request.header("Authorization", "Bearer " + token.reveal()));
    return request;
  }

  private Answer succeed(String action, Request request, Duration limit)
      throws InterruptedException {
    Answer answer = exchange(action, request, limit);
    if (!answer.successful()) {
      throw failures.translate(action, answer);
    }
    outage.succeeded();
    return answer;
  }

  private Answer exchange(String action, Request request, Duration limit)
      throws InterruptedException {
    OkHttpClient client = http.newBuilder().readTimeout(limit).callTimeout(limit).build();
    try {
      return Exchange.await(client.newCall(request));
    } catch (IOException e) {
      throw failures.translate(action, e);
    }
  }

  private <T> T repeatedly(Callable<T> call) throws InterruptedException {
    try {
      return retry.executeCallable(call);
    } catch (TransientException e) {
      if (Thread.interrupted()) {
        // The pause between two tries was interrupted, and ended with the failure before it.
        var interrupted = new InterruptedException();
        interrupted.initCause(e);
        throw interrupted;
      }
      throw lasting(e);
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a call threw what it does not declare", e);
    }
  }

  private PortException lasting(TransientException e) {
    int tries = settings.retries().tries();
    String often = tries == 1 ? "" : " (tried " + tries + " times)";
    return new PortException(e.kind(), e.getMessage() + often, e.getCause());
  }

  private static Retry retry(RetrySettings settings, Outage outage) {
    var pauses = new Pauses(settings, new SecureRandom());
    RetryConfig config =
        RetryConfig.custom()
            .maxAttempts(settings.tries())
            .retryOnException(TransientException.class::isInstance)
            .intervalBiFunction(
                (tries, outcome) ->
                    pauses
                        .after(tries, retryAfter(Optional.ofNullable(outcome.getLeft())))
                        .toMillis())
            .build();
    Retry retry = Retry.of("backend", config);
    retry
        .getEventPublisher()
        .onRetry(
            event -> {
              Throwable failure = event.getLastThrowable();
              log.debug("{}; trying again in {}", failure, event.getWaitInterval());
              if (failure instanceof TransientException passing) {
                outage.failed(passing);
              }
            });
    return retry;
  }

  private static Duration retryAfter(Optional<Throwable> failure) {
    return failure
        .filter(TransientException.class::isInstance)
        .map(e -> ((TransientException) e).retryAfter())
        .orElse(Duration.ZERO);
  }

  private static OkHttpClient httpClient(TimeLimits limits) {
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher())
        .retryOnConnectionFailure(false)
        .followRedirects(false)
        .followSslRedirects(false)
        .connectTimeout(limits.connect())
        .writeTimeout(limits.call())
        .build();
  }

  private static Dispatcher dispatcher() {
    var numbers = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            0,
            MAX_CALLS,
            60,
            SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread = new Thread(task, "avatar-backend-" + numbers.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    var dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(MAX_CALLS);
    dispatcher.setMaxRequestsPerHost(MAX_CALLS);
    return dispatcher;
  }

  /** Ends the calls that are under way, and gives back threads and connections. */
  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
