package io.numa.avatar.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Carries requests to servers and answers back, each once. Safe for use by several threads; an
 * interrupt ends a call.
 *
 * <p>OkHttp itself neither repeats nor redirects anything: it would do so without asking, for
 * writes too.
 */
public final class HttpTransport implements AutoCloseable {
  /**
   * Lets OkHttp notice the end of the time first, as its message says more. OkHttp does not notice
   * it while its thread looks up a host's name, which nothing can interrupt.
   */
  private static final Duration GRACE = Duration.ofMillis(250);

  private final AnswerLimits limits;
  private final OkHttpClient http;

  /**
   * @param role what the threads are named by, such as {@code avatar-backend}
   * @param connect how long a connection may take to stand
   * @param network sets up proxies and certificates; the identity for the JVM's own
   */
  public HttpTransport(
      String role,
      Duration connect,
      AnswerLimits limits,
      UnaryOperator<OkHttpClient.Builder> network) {
    this.limits = limits;
    var client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher(role))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(connect);
    this.http = network.apply(client).build();
  }

  /**
   * Sends {@code request} and waits for the answer.
   *
   * <p>OkHttp's thread does the work while the caller's waits: a thread that blocks in a socket
   * cannot be interrupted, one that waits can.
   *
   * @param silence how long the server may send nothing
   * @param limit for the whole exchange; the method returns then in any case
   * @throws IOException if there is no answer; whether the server has acted is not known then
   */
  public HttpAnswer exchange(Request request, Duration silence, Duration limit)
      throws IOException, InterruptedException {
    var answer = new CompletableFuture<HttpAnswer>();
    Call call = client(silence, limit).newCall(request);
    call.enqueue(new Reader(answer, limits));
    try {
      return answer.get(limit.plus(GRACE).toNanos(), NANOSECONDS);
    } catch (InterruptedException e) {
      call.cancel();
      throw e;
    } catch (TimeoutException e) {
      call.cancel();
      throw new InterruptedIOException("the client's thread is still busy after " + limit);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private OkHttpClient client(Duration silence, Duration limit) {
    return http.newBuilder().readTimeout(silence).writeTimeout(limit).callTimeout(limit).build();
  }

  private record Reader(CompletableFuture<HttpAnswer> answer, AnswerLimits limits)
      implements Callback {
    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        answer.complete(HttpAnswer.of(response, limits));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    }

    @Override
    public void onFailure(Call call, IOException e) {
      answer.completeExceptionally(e);
    }
  }

  /** One thread per caller, as each waits for one answer: a slow server delays no other call. */
  private static Dispatcher dispatcher(String role) {
    var numbers = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            60,
            SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread = new Thread(task, role + "-" + numbers.incrementAndGet());
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
