package io.numa.avatar.git.forge;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.git.HttpNetwork;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Carries requests to services and answers back, each once: it neither repeats nor redirects
 * anything. Safe for use by several threads; an interrupt ends a call.
 */
final class Transport implements AutoCloseable {
  /** For OkHttp to notice the end of the time by itself, and say more of it. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  private final Duration limit;
  private final OkHttpClient http;

  Transport(Duration limit, HttpNetwork network) {
    this.limit = limit;
    var client =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher())
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .connectTimeout(limit.compareTo(LONGEST_CONNECT) < 0 ? limit : LONGEST_CONNECT)
            .readTimeout(limit)
            .writeTimeout(limit)
            .callTimeout(limit);
    this.http = network.setUp(client).build();
  }

  /**
   * Sends {@code request} and waits for the answer.
   *
   * @throws IOException if there is no answer; whether the service has acted is not known then
   */
  Answer exchange(Request request) throws IOException, InterruptedException {
    var answer = new CompletableFuture<Answer>();
    Call call = http.newCall(request);
    call.enqueue(new Reader(answer));
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

  /** Reads on the client's thread: one that blocks in a socket cannot be interrupted. */
  private record Reader(CompletableFuture<Answer> answer) implements Callback {
    @Override
    public void onResponse(Call call, Response response) {
      try (response) {
        answer.complete(Answer.of(response));
      } catch (IOException | RuntimeException e) {
        answer.completeExceptionally(e);
      }
    }

    @Override
    public void onFailure(Call call, IOException e) {
      answer.completeExceptionally(e);
    }
  }

  /** As many at once as there are callers, which wait for one answer each. */
  private static Dispatcher dispatcher() {
    var numbers = new AtomicInteger();
    var threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            SECONDS,
            new SynchronousQueue<>(),
            task -> {
              var thread = new Thread(task, "avatar-forge-" + numbers.incrementAndGet());
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
