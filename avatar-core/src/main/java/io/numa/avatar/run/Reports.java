package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the backend of one attempt, in the order things happened: log text from the attempt's file
 * in batches, and each status behind the log that came before it. It holds no log text itself.
 *
 * <p>A backend that is out of reach is tried again for as long as it takes. {@link #run} is for one
 * thread of its own; the other methods are for the attempt's thread.
 */
final class Reports implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Reports.class);

  private static final int BATCH_BYTES = 256 * 1024;

  /** How long a batch is gathered. */
  private static final Duration BATCH_TIME = Duration.ofMillis(250);

  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Attempt attempt;
  private final StatusReporter reporter;
  private final RunLog text;
  private final Runnable onLost;
  private final Waiter waiter = new Waiter();
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), RandomGenerator.getDefault());
  private final AtomicBoolean grown = new AtomicBoolean();
  private final Queue<Queued> queue = new ConcurrentLinkedQueue<>();
  private long delivered;
  private volatile boolean lost;
  private volatile CountDownLatch last = new CountDownLatch(0);

  /** A status, and how much of the log goes before it. */
  private record Queued(StatusUpdate update, long logEnd, CountDownLatch settled) {
    boolean last() {
      return update.finishedAt().isPresent();
    }
  }

  /**
   * @param onLost is called once if the backend says that the task is not ours any more
   */
  Reports(Attempt attempt, StatusReporter reporter, RunLog text, Runnable onLost) {
    this.attempt = attempt;
    this.reporter = reporter;
    this.text = text;
    this.onLost = onLost;
    text.onGrowth(this::noteGrowth);
  }

  private void noteGrowth() {
    if (grown.compareAndSet(false, true)) {
      waiter.wake();
    }
  }

  /** Has {@code update} told after all that is in the log now. */
  void announce(StatusUpdate update) {
    var queued = new Queued(update, text.length(), new CountDownLatch(1));
    last = queued.settled();
    queue.add(queued);
    waiter.wake();
  }

  /** Waits until all that was announced has been told, or can be told no more. */
  void awaitTold() throws InterruptedException {
    last.await();
  }

  /** Whether the backend has said that the task is not ours any more. */
  boolean lost() {
    return lost;
  }

  /** Delivers until the last status is told, the task is lost, or the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (deliverNext()) {
        backoff.reset();
      }
    } catch (TaskTakenException e) {
      log.warn("Task {} is not ours any more: {}", attempt.task(), e.getMessage());
      lost = true;
      onLost.run();
    } catch (UnauthorizedException e) {
      log.error("Reports of task {} end here: {}", attempt.task(), e.getMessage());
    } catch (InterruptedException e) {
      log.warn("Reports of task {} were cut short; its log file has the rest", attempt.task());
      Thread.currentThread().interrupt();
    } finally {
      queue.forEach(status -> status.settled().countDown());
    }
  }

  /** Delivers one thing, or waits for one; says whether there may be more. */
  private boolean deliverNext() throws InterruptedException {
    Queued status = queue.peek();
    grown.set(false);
    long end = status == null ? text.length() : status.logEnd();
    if (delivered < end) {
      deliverLog(end);
    } else if (status != null) {
      deliver(
          "the status '" + status.update().state() + "'",
          () -> reporter.report(attempt, status.update()));
      queue.remove();
      status.settled().countDown();
      return !status.last();
    } else {
      waiter.pause(IDLE);
      if (queue.peek() == null) {
        waiter.pause(BATCH_TIME);
      }
    }
    return true;
  }

  private void deliverLog(long end) throws InterruptedException {
    long start = delivered;
    deliver(
        "a part of the log",
        () -> {
          LogChunk chunk = text.read(start, end, BATCH_BYTES);
          delivered = chunk.end();
          reporter.append(attempt, chunk);
        });
  }

  private interface Delivery {
    void attempt() throws InterruptedException;
  }

  /** Tries until it is delivered or refused for good; what is refused must not stop the rest. */
  private void deliver(String what, Delivery delivery) throws InterruptedException {
    while (true) {
      try {
        delivery.attempt();
        return;
      } catch (TaskTakenException | UnauthorizedException e) {
        throw e;
      } catch (PortException e) {
        if (!e.retryable()) {
          log.error("The backend refused {} of task {}: {}", what, attempt.task(), e.getMessage());
          return;
        }
        Duration pause = backoff.next();
        log.warn(
            "Could not deliver {} of task {}, next try in {}: {}",
            what,
            attempt.task(),
            Durations.text(pause),
            e.getMessage());
        new Waiter().pause(pause);
      } catch (RuntimeException e) {
        log.error("A defect lost {} of task {}; the rest goes on", what, attempt.task(), e);
        return;
      }
    }
  }
}
