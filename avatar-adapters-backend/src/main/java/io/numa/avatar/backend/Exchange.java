package io.numa.avatar.backend;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;

/**
 * One request and its answer. The work is done on the client's thread while the caller's waits: a
 * thread that blocks in a socket cannot be interrupted, one that waits can.
 */
final class Exchange implements Callback {
  private final CompletableFuture<Answer> answer = new CompletableFuture<>();

  private Exchange() {}

  /** Carries out {@code call}; an interrupt cancels it. */
  static Answer await(Call call) throws IOException, InterruptedException {
    var exchange = new Exchange();
    call.enqueue(exchange);
    try {
      return exchange.answer.get();
    } catch (InterruptedException e) {
      call.cancel();
      throw e;
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
