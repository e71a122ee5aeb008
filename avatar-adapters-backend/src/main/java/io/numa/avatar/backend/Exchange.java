package io.numa.avatar.backend;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/**
 * One request and its answer. The work is done on the client's thread while the caller's waits: a
 * thread that blocks in a socket cannot be interrupted, one that waits can.
 */
final class Exchange implements Callback {
  /**
   * For OkHttp to notice the end of the time by itself, and say more of it. It does not where its
   * thread looks up a host's name, which nothing can interrupt.
   */
  private static final Duration GRACE = Duration.ofMillis(250);

  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  private Exchange() {}

  /** Carries out {@code call}; an interrupt cancels it, and so does the end of its time. */
  static Answer await(Call call, Duration limit) throws IOException, InterruptedException {
    var exchange = new Exchange();
    call.enqueue(exchange);
    try {
      return exchange.answer.get(limit.plus(GRACE).toNanos(), NANOSECONDS);
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

  @Override
  public void onResponse(Call call, Response response) {
    try (response) {
      answer.complete(Answer.of(response));
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  @Override
  public void onFailure(Call call, IOException e) {
    answer.completeExceptionally(e);
  }
}
