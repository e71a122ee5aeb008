package io.numa.avatar.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.time.Lazily;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends each request once and returns the answer. Safe for use by several threads; an interrupt
 * ends a call.
 *
 * <p>OkHttp's own retries and redirects are off, as OkHttp would also repeat writes.
 */
public final class HttpTransport implements AutoCloseable {
  /**
   * Added to the time limit, so that OkHttp's own timeout, which has the better message, comes
   * first. OkHttp cannot time out while its thread looks up a host's name, as nothing can interrupt
   * that.
   */
  private static final Duration GRACE = Duration.ofMillis(250);

  private final AnswerLimits limits;

  /** For addresses without TLS, whose certificates and ciphers take long to load. */
  private final OkHttpClient plain;

  private final Lazily<OkHttpClient> secure;

  /**
   * @param role the prefix of the threads' names, such as {@code avatar-backend}
   * @param connect how long connecting may take
   * @param network sets proxies and certificates; the identity keeps those of the JVM
   */
  public HttpTransport(
      String role,
      Duration connect,
      AnswerLimits limits,
      UnaryOperator<OkHttpClient.Builder> network) {
    this.limits = limits;
    OkHttpClient.Builder client =
        network.apply(
            HttpClients.builder()
                .dispatcher(dispatcher(role))
                .connectionPool(new ConnectionPool())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectTimeout(connect));
    List<ConnectionSpec> all = List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT);
    this.plain = client.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
    this.secure = new Lazily<>(() -> client.connectionSpecs(all).build());
  }

  /**
   * Sends {@code request} and waits for the answer.
   *
   * <p>A thread of OkHttp does the work while the caller's thread waits, because a thread that
   * blocks in a socket cannot be interrupted and a waiting thread can.
   *
   * @param silence how long the server may send nothing
   * @param limit the time for the whole exchange; after it, the method returns in any case
   * @throws IOException if there is no answer; the server may have handled the request
   */
  public HttpAnswer exchange(Request request, Duration silence, Duration limit)
      throws IOException, InterruptedException {
    var answer = new CompletableFuture<HttpAnswer>();
    OkHttpClient client = request.url().isHttps() ? secure.get() : plain;
    Call call = limited(client, silence, limit).newCall(request);
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

  private static OkHttpClient limited(OkHttpClient client, Duration silence, Duration limit) {
    return client.newBuilder().readTimeout(silence).writeTimeout(limit).callTimeout(limit).build();
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

  /** Allows one thread per caller, so that a slow server delays no other call. */
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

  /** Aborts running calls, and releases threads and connections. Both clients share them. */
  @Override
  public void close() {
    plain.dispatcher().cancelAll();
    plain.dispatcher().executorService().shutdown();
    plain.connectionPool().evictAll();
  }
}
