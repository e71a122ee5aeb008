package io.numa.avatar.run.report;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.RequestTooLargeException;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.TaskTakenException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.port.journal.ReportJournal;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.time.Waiter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the reports of one attempt to the backend, in the order of the events: log text from the
 * attempt's file in batches, and each status after the log that preceded it. It stores no log text
 * itself. The journal has the reports that are still to be sent, and the next process continues
 * from there.
 *
 * <p>It retries without limit while the backend is unreachable. {@link #run} needs a separate
 * thread; only the attempt's thread calls the other methods.
 */
public final class ReportSender implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ReportSender.class);

  /** How long the sender waits for more log text before it sends a batch. */
  private static final Duration BATCH_TIME = Duration.ofMillis(250);

  private static final Duration IDLE = Duration.ofMinutes(1);

  private final LeaseKeeper lease;
  private final StatusReporter reporter;
  private final ReportJournal journal;
  private final Waiter waiter = new Waiter();
  private final UnsentLog unsentLog;
  private final Delivery delivery;
  private final LogDelivery logDelivery;
  private final DeliveryRecord record;
  private final LogAcknowledgements acknowledgements;
  private final Queue<Queued> queue = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch lastSettled = new CountDownLatch(0);
  private volatile StatusUpdate lastSent;
  private volatile State state = new State.Sending(false);

  /** A status, and the end of the log text that must be sent before it. */
  private record Queued(StatusUpdate update, long logEnd, CountDownLatch settled) {
    boolean last() {
      return update.finishedAt().isPresent();
    }
  }

  /** The state of the sending. Only {@link Sending} can change to another state. */
  private sealed interface State {
    /**
     * There may be more to send.
     *
     * @param complete whether the caller will announce no more statuses
     */
    record Sending(boolean complete) implements State {}

    /** The backend has everything. */
    record Delivered() implements State {}

    /** The backend gave the task to another avatar. */
    record Taken() implements State {}

    /** The backend refuses this avatar. */
    record Refused(UnauthorizedException reason) implements State {}

    /** The thread was interrupted. The journal has the remaining reports. */
    record CutShort() implements State {}
  }

  /**
   * Creates a sender for the reports after the claim.
   *
   * @param claim the status by which the task was claimed
   */
  public ReportSender(
      LeaseKeeper lease,
      StatusReporter reporter,
      ReportJournal journal,
      LogToSend text,
      StatusUpdate claim) {
    this.lease = lease;
    this.reporter = reporter;
    this.journal = journal;
    this.unsentLog = new UnsentLog(text, waiter::wake);
    this.delivery = new Delivery(lease.attempt().task());
    this.logDelivery = new LogDelivery(lease, reporter, unsentLog, text.size(), delivery);
    this.record = new DeliveryRecord(journal, lease.attempt());
    this.acknowledgements = new LogAcknowledgements(record, lease.time());
    this.lastSent = claim;
  }

  /** Continues where a previous process stopped. */
  public void resume(List<JournaledAttempt.Report> reports, long acknowledged) {
    unsentLog.startAt(acknowledged);
    reports.stream()
        .filter(report -> !report.told())
        .forEach(report -> enqueue(report.update(), report.logEnd()));
  }

  /** Queues {@code update}, to be sent after the current text of the log. */
  public void announce(StatusUpdate update) {
    long logEnd = unsentLog.end();
    try {
      journal.announce(attempt(), update, logEnd);
    } catch (PortException e) {
      if (update.finishedAt().isEmpty()) {
        throw e;
      }
      // The journal could not store the outcome, so it is sent from memory.
      log.error("The outcome of task {} is not in the journal: {}", task(), e.getMessage());
    }
    enqueue(update, logEnd);
  }

  private void enqueue(StatusUpdate update, long logEnd) {
    var queued = new Queued(update, logEnd, new CountDownLatch(1));
    lastSettled = queued.settled();
    queue.add(queued);
    if (isOver()) {
      queued.settled().countDown();
    }
    waiter.wake();
  }

  /** Declares that no more statuses follow. {@link #run} ends when everything is sent. */
  public void complete() {
    moveTo(new State.Sending(true));
    waiter.wake();
  }

  /** Waits until all announced statuses are sent, or cannot be sent any more. */
  public void awaitSent() throws InterruptedException {
    lastSettled.await();
  }

  /** The last status that was sent. */
  public StatusUpdate lastSent() {
    return lastSent;
  }

  /** Whether the backend has everything. */
  public boolean allSent() {
    return state instanceof State.Delivered;
  }

  /** Whether the backend has said that the task is not ours any more. */
  public boolean taken() {
    return state instanceof State.Taken;
  }

  /** Why the backend refused this avatar, if that ended the sending. */
  public Optional<UnauthorizedException> refusal() {
    return state instanceof State.Refused refused
        ? Optional.of(refused.reason())
        : Optional.empty();
  }

  private boolean isOver() {
    return !(state instanceof State.Sending);
  }

  private boolean isComplete() {
    return state instanceof State.Sending sending && sending.complete();
  }

  private synchronized void moveTo(State next) {
    if (!isOver()) {
      state = next;
    }
  }

  /**
   * Sends until the last status is sent, another avatar has the task, or the thread is interrupted.
   */
  @Override
  public void run() {
    try {
      boolean more = true;
      while (more) {
        more = sendNext();
      }
      moveTo(new State.Delivered());
    } catch (TaskTakenException e) {
      log.warn("Task {} is not ours any more: {}", task(), e.getMessage());
      lease.taken();
      moveTo(new State.Taken());
    } catch (UnauthorizedException e) {
      log.error("No more reports of task {} are sent: {}", task(), e.getMessage());
      moveTo(new State.Refused(e));
    } catch (InterruptedException e) {
      log.warn("Sending the reports of task {} was interrupted; the journal has the rest", task());
      Thread.currentThread().interrupt();
    } finally {
      moveTo(new State.CutShort());
      acknowledgements.write();
      queue.forEach(status -> status.settled().countDown());
    }
  }

  /** Sends one report, or waits for one. Returns whether there may be more. */
  private boolean sendNext() throws InterruptedException {
    boolean wasComplete = isComplete();
    Queued status = queue.peek();
    unsentLog.expectGrowth();
    long end = status == null ? unsentLog.end() : status.logEnd();
    if (unsentLog.start() < end) {
      sendLog(end);
    } else if (status != null) {
      send(status);
      return !status.last();
    } else if (wasComplete) {
      return false;
    } else {
      awaitMore();
    }
    return true;
  }

  private void awaitMore() throws InterruptedException {
    acknowledgements.write();
    waiter.pause(IDLE);
    if (queue.peek() == null && !isComplete()) {
      waiter.pause(BATCH_TIME);
    }
  }

  private void send(Queued status) throws InterruptedException {
    acknowledgements.write();
    StatusUpdate update = status.update();
    record.sync();
    LeaseKeeper.Request request = leased -> reporter.report(leased, update);
    try {
      delivery.deliver(
          "the status '" + update.state() + "'",
          status.last() ? () -> lease.sendLast(request) : () -> lease.send(request));
    } catch (RequestTooLargeException e) {
      log.error("The backend refused a status of task {}: {}", task(), e.getMessage());
    }
    queue.remove();
    lastSent = update;
    record.told(update.sequence());
    status.settled().countDown();
  }

  private void sendLog(long end) throws InterruptedException {
    logDelivery.deliverNext(end);
    acknowledgements.note(unsentLog.start());
  }

  private AttemptId attempt() {
    return lease.attempt().id();
  }

  private TaskId task() {
    return lease.attempt().task();
  }
}
