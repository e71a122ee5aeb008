package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.git.internal.lfs.LfsBatch.Item;
import io.numa.avatar.time.Background;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;

/**
 * Transfers a few LFS objects at a time, and retries those that failed. Only an {@link IOException}
 * is retried, three times, or as often as a server asks to wait for it; any other failure is thrown
 * at once.
 */
final class LfsTransferQueue implements AutoCloseable {
  private static final int LANES = 4;
  private static final int ATTEMPTS = 3;
  private static final Duration PAUSE = Duration.ofMillis(300);

  /** How long a server may ask to wait, in total. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Runnable breakOff;
  private final ExecutorService threads;

  /**
   * @param breakOff cancels the running transfers, if any
   */
  LfsTransferQueue(Runnable breakOff) {
    this.breakOff = breakOff;
    var number = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            LANES,
            task -> {
              var thread = new Thread(task, "avatar-lfs-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Asks the server for the actions of some objects. */
  @FunctionalInterface
  interface Question {
    Collection<Item> ask(Collection<LfsPointer> objects) throws IOException;
  }

  /** Carries out the actions of one object. */
  @FunctionalInterface
  interface Step {
    void take(Item item) throws IOException;
  }

  /** Transfers all objects, or throws the failure of one of them. */
  void run(List<LfsPointer> objects, Question question, Step step, ProgressMonitor monitor)
      throws IOException {
    Collection<LfsPointer> left = objects;
    Duration patience = PATIENCE;
    for (int attempt = 1; !left.isEmpty(); attempt++) {
      var failures = new LinkedHashMap<LfsPointer, IOException>();
      @Nullable IOException failure = null;
      try {
        move(question.ask(left), step, monitor, failures);
        left = failures.keySet();
        failure = failures.values().stream().findFirst().orElse(null);
      } catch (IOException e) {
        failure = e;
      }
      if (failure != null) {
        Duration asked = failure instanceof LfsPassingException busy ? busy.pause() : Duration.ZERO;
        patience = patience.minus(asked);
        if (patience.isNegative() || (attempt >= ATTEMPTS && asked.isZero())) {
          throw failure;
        }
        pause(asked.isZero() ? PAUSE.multipliedBy(attempt) : asked);
      }
    }
  }

  private void move(
      Collection<Item> items,
      Step step,
      ProgressMonitor monitor,
      Map<LfsPointer, IOException> failures)
      throws IOException {
    Map<LfsPointer, Future<?>> running = new LinkedHashMap<>();
    for (Item item : items) {
      running.put(
          item.object(),
          threads.submit(
              () -> {
                step.take(item);
                monitor.update(1);
                return item;
              }));
    }
    for (var one : running.entrySet()) {
      try {
        await(one.getValue());
      } catch (InterruptedIOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        failures.put(one.getKey(), e);
      } catch (IOException e) {
        failures.put(one.getKey(), e);
      }
    }
  }

  private static void await(Future<?> moved) throws IOException {
    try {
      moved.get();
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("an error while LFS objects were moved", e.getCause());
    }
  }

  private static void pause(Duration pause) throws IOException {
    try {
      Background.pause(pause);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static IOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the transfer of LFS objects was interrupted");
  }

  @Override
  public void close() {
    threads.shutdownNow();
    breakOff.run();
  }
}
