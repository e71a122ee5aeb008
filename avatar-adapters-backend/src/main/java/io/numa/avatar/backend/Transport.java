package io.numa.avatar.backend;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * Carries requests to the backend and answers back, each once. Safe for use by several threads; an
 * interrupt ends a call.
 *
 * <p>OkHttp itself neither repeats nor redirects anything: it would do so without asking, for
 * writes too.
 */
final class Transport implements AutoCloseable {
  private final OkHttpClient http;

  Transport(TimeLimits limits) {
    http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher())
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(limits.connect())
            .writeTimeout(limits.call())
            .build();
  }

  /**
   * Sends {@code request} and waits for the answer.
   *
   * @param silence for which the backend may say nothing
   * @param limit for all of it; the caller is back then, whatever the network does
   * @throws IOException if there is no answer; whether the backend has acted is not known then
   */
  Answer exchange(Request request, Duration silence, Duration limit)
      throws IOException, InterruptedException {
    OkHttpClient client = http.newBuilder().readTimeout(silence).callTimeout(limit).build();
    return Exchange.await(client.newCall(request), limit);
  }

  /** As many at once as there are callers: none of them waits for another one's sick endpoint. */
  private static Dispatcher dispatcher() {
    var numbers = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            60,
            SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread = new Thread(task, "avatar-backend-" + numbers.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    var dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
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
