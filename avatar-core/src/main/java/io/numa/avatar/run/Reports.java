package io.numa.avatar.run;

import io.numa.avatar.port.JournaledAttempt;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.ReportJournal;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.time.Backoff;
import io.numa.avatar.time.Durations;
import io.numa.avatar.time.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the backend of one attempt, in the order things happened: log text from the attempt's file
 * in batches, and each status behind the log that came before it. It holds no log text itself, and
 * what it has still to tell is in the journal, from which another life of the avatar goes on.
 *
 * <p>A backend that is out of reach is tried again for as long as it takes. {@link #run} is for one
 * thread of its own; the other methods are for the attempt's thread.
 */
final class Reports implements Runnable {
  static final String TAKEN = "the backend gave it to another avatar";

  private static final Logger log = LoggerFactory.getLogger(Reports.class);

  /** What is in memory of the log at a time, several times over on its way out. */
  private static final int BATCH_BYTES = 128 * 1024;

  /** How long a batch is gathered. */
  private static final Duration BATCH_TIME = Duration.ofMillis(250);

  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Hold hold;
  private final AttemptId attempt;
  private final StatusReporter reporter;
  private final ReportJournal journal;
  private final RunLog text;
  private final Waiter waiter = new Waiter();
  private final Backoff backoff = Backoff.ofBackend();
  private final AtomicBoolean grown = new AtomicBoolean();
  private final Queue<Queued> queue = new ConcurrentLinkedQueue<>();
  private long delivered;
  private volatile StatusUpdate standing;
  private volatile boolean complete;
  private volatile boolean allTold;
  private volatile boolean taken;
  private volatile Optional<UnauthorizedException> refusal = Optional.empty();
  private volatile boolean over;
  private volatile CountDownLatch last = new CountDownLatch(0);

  /** A status, and how much of the log goes before it. */
  private record Queued(StatusUpdate update, long logEnd, CountDownLatch settled) {
    boolean last() {
      return update.finishedAt().isPresent();
    }
  }

  /**
   * Reports that begin behind the claim.
   *
   * @param claim the status by which the task was claimed
   */
  Reports(
      Hold hold, StatusReporter reporter, ReportJournal journal, RunLog text, StatusUpdate claim) {
    this.hold = hold;
    this.attempt = hold.attempt().id();
    this.reporter = reporter;
    this.journal = journal;
    this.text = text;
    this.standing = claim;
    text.onGrowth(this::noteGrowth);
  }

  /** Goes on where an earlier life of the avatar has stopped. */
  void resume(List<JournaledAttempt.Report> reports, long acknowledged) {
    delivered = acknowledged;
    reports.stream()
        .filter(report -> !report.told())
        .forEach(report -> enqueue(report.update(), report.logEnd()));
  }

  private void noteGrowth() {
    if (grown.compareAndSet(false, true)) {
      waiter.wake();
    }
  }

  /** Has {@code update} told after all that is in the log now. */
  void announce(StatusUpdate update) {
    long logEnd = text.length();
    try {
      journal.announce(attempt, update, logEnd);
    } catch (PortException e) {
      if (update.finishedAt().isEmpty()) {
        throw e;
      }
      // Without room for a note of it, the outcome is told from memory.
      log.error("The outcome of task {} is not in the journal: {}", task(), e.getMessage());
    }
    enqueue(update, logEnd);
  }

  private void enqueue(StatusUpdate update, long logEnd) {
    var queued = new Queued(update, logEnd, new CountDownLatch(1));
    last = queued.settled();
    queue.add(queued);
    if (over) {
      queued.settled().countDown();
    }
    waiter.wake();
  }

  /** Says that nothing more will be announced; {@link #run} ends when everything is told. */
  void complete() {
    complete = true;
    waiter.wake();
  }

  /** Waits until all that was announced has been told, or can be told no more. */
  void awaitTold() throws InterruptedException {
    last.await();
  }

  /** The status that was told last. */
  StatusUpdate standing() {
    return standing;
  }

  /** Whether the backend has everything. */
  boolean allTold() {
    return allTold;
  }

  /** Delivers until the last status is told, the task is lost, or the thread is interrupted. */
  @Override
  public void run() {
    try {
      while (deliverNext()) {
        backoff.reset();
      }
      allTold = true;
    } catch (TaskTakenException e) {
      log.warn("Task {} is not ours any more: {}", task(), e.getMessage());
      taken = true;
      hold.lose(Hold.Loss.TAKEN, TAKEN);
    } catch (UnauthorizedException e) {
      log.error("Reports of task {} end here: {}", task(), e.getMessage());
      refusal = Optional.of(e);
    } catch (InterruptedException e) {
      log.warn("Reports of task {} were cut short; the journal has the rest", task());
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      queue.forEach(status -> status.settled().countDown());
    }
  }

  /** Whether the backend has said that the task is not ours any more. */
  boolean taken() {
    return taken;
  }

  /** Why the backend takes nothing from us any more, if that is why not all is told. */
  Optional<UnauthorizedException> refusal() {
    return refusal;
  }

  /** Delivers one thing, or waits for one; says whether there may be more. */
  private boolean deliverNext() throws InterruptedException {
    boolean wasComplete = complete;
    Queued status = queue.peek();
    grown.set(false);
    long end = status == null ? text.length() : status.logEnd();
    if (delivered < end) {
      deliverLog(end);
    } else if (status != null) {
      deliver(status);
      return !status.last();
    } else if (wasComplete) {
      return false;
    } else {
      waiter.pause(IDLE);
      if (queue.peek() == null && !complete) {
        waiter.pause(BATCH_TIME);
      }
    }
    return true;
  }

  private void deliver(Queued status) throws InterruptedException {
    StatusUpdate update = status.update();
    deliver(
        "the status '" + update.state() + "'",
        status.last() ? () -> hold.tellLast(() -> tell(update)) : () -> tell(update));
    queue.remove();
    standing = update;
    note(() -> journal.told(attempt, update.sequence()));
    status.settled().countDown();
  }

  private void tell(StatusUpdate update) throws InterruptedException {
    long asked = hold.now();
    reporter
        .report(hold.attempt(), update)
        .ifPresentOrElse(lease -> hold.lease(lease, asked), () -> hold.renewed(asked));
  }

  private void deliverLog(long end) throws InterruptedException {
    long start = delivered;
    deliver(
        "a part of the log",
        () -> {
          LogChunk chunk = text.read(start, end, BATCH_BYTES);
          delivered = chunk.end();
          reporter.append(hold.attempt(), chunk);
        });
    note(() -> journal.acknowledged(attempt, delivered));
  }

  /** A note that is not made has something told twice, which is allowed. */
  private void note(Runnable note) {
    try {
      note.run();
    } catch (PortException e) {
      log.warn("What the backend has of task {} is not noted: {}", task(), e.getMessage());
    }
  }

  /** Tries until it is delivered or refused for good; what is refused must not stop the rest. */
  private void deliver(String what, Hold.Telling delivery) throws InterruptedException {
    while (true) {
      try {
        delivery.tell();
        return;
      } catch (TaskTakenException | UnauthorizedException e) {
        throw e;
      } catch (PortException e) {
        if (!e.retryable()) {
          log.error("The backend refused {} of task {}: {}", what, task(), e.getMessage());
          return;
        }
        Duration pause = backoff.next();
        log.warn(
            "Could not deliver {} of task {}, next try in {}: {}",
            what,
            task(),
            Durations.text(pause),
            e.getMessage());
        new Waiter().pause(pause);
      } catch (RuntimeException e) {
        log.error("A defect lost {} of task {}; the rest goes on", what, task(), e);
        return;
      }
    }
  }

  private String task() {
    return hold.attempt().task().value();
  }
}
