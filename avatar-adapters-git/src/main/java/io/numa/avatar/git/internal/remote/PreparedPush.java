package io.numa.avatar.git.internal.remote;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.support.ParallelTasks;
import io.numa.avatar.git.internal.support.TransferMonitor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Pushes from a separate thread, which asks the remote for its refs at once. Over HTTP, each
 * request is independent, so the push may come at any later time. The thread can therefore ask
 * while the caller still tests the change, and makes and records the commit. This saves one round
 * trip, or several if a connection must be made.
 *
 * <p>If anything fails before the push, the caller pushes again over a new connection. Single use;
 * not thread-safe.
 */
public final class PreparedPush implements AutoCloseable {
  /**
   * How long the refs are kept for a push: less than the time for which servers keep an idle
   * connection, which is 5 s with Apache.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(4);

  private final CompletableFuture<Optional<Pusher.Order>> order = new CompletableFuture<>();
  private final SparsePackRepository from;
  private final CatchUp catchUp;
  private final TransferMonitor monitor;
  private final Duration patience;
  private final FutureTask<Void> talk;

  // The other thread writes it; this thread reads it after the other has ended.
  private Pusher.@Nullable Answer answer;
  private boolean begun;

  /**
   * Fetches the commits that the remote has received meanwhile. The remote lists its tips. Tips
   * that are not on this machine do not tell which commits the remote has, so if all tips have
   * moved, a push would send the whole history.
   */
  public interface CatchUp {
    void run() throws IOException;
  }

  /**
   * Starts the other thread, which asks the remote for its refs.
   *
   * @param patience how long it then waits for the push, such as {@link #PATIENCE}
   */
  public PreparedPush(
      Remote remote,
      SparsePackRepository from,
      CatchUp catchUp,
      TransferMonitor monitor,
      Duration patience) {
    this.patience = patience;
    this.from = from;
    this.catchUp = catchUp;
    this.monitor = monitor;
    this.talk = ParallelTasks.start("avatar-push", () -> remote.pusher().open(from, this::await));
  }

  /** Whether it is still ready for a push, or will soon be. */
  public boolean isOpen() {
    return !talk.isDone();
  }

  /**
   * Pushes.
   *
   * @return empty if nothing was sent
   * @throws IOException if the commit was sent, but the answer was lost
   */
  public Optional<Pusher.Answer> push(Pusher.Order wanted) throws IOException {
    order.complete(Optional.of(wanted));
    Throwable failure = ParallelTasks.await(talk, monitor::stop);
    if (failure != null && begun) {
      throw failure instanceof IOException known ? known : new IOException(failure);
    }
    return Optional.ofNullable(answer);
  }

  /** Waits for the push; runs in the other thread. */
  private void await(PushConnection connection) throws IOException {
    Optional<Pusher.Order> wanted = awaitOrder();
    if (wanted.isPresent() && isExpected(connection, wanted.get())) {
      answer = push(connection, wanted.get());
    }
  }

  /** Gives up after a while, unless the order comes just then. */
  private Optional<Pusher.Order> awaitOrder() throws IOException {
    try {
      return order.get(patience.toMillis(), MILLISECONDS);
    } catch (TimeoutException e) {
      order.complete(Optional.empty());
      return order.join();
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException("a push was not awaited", e);
    }
  }

  private static boolean isExpected(PushConnection connection, Pusher.Order wanted) {
    Ref now = connection.getRef(wanted.ref());
    return Optional.ofNullable(now).map(Ref::getObjectId).equals(wanted.expected());
  }

  private Pusher.Answer push(PushConnection connection, Pusher.Order wanted) throws IOException {
    wanted.requireNoClash(connection);
    RemoteRefUpdate update = wanted.update(from);
    var sending = new PackSending(connection, monitor);
    SparsePackRepository.Push push =
        () -> {
          begun = true;
          sending.send(update);
        };
    if (from.startsAt(connection.getRefs(), wanted.commit())) {
      from.push(wanted.commit(), push, sending);
    } else {
      catchUp.run();
      from.push(push, sending);
    }
    connection.close(); // the remote's messages are complete then
    return Pusher.Answer.of(update, connection.getMessages());
  }

  /** Tells the other thread to hang up if there was no push. Does not wait for that. */
  @Override
  public void close() {
    order.complete(Optional.empty());
  }
}
