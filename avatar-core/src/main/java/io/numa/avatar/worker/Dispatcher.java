package io.numa.avatar.worker;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each admitted task on a separate thread, and decides afterwards whether to retry or to
 * reject it.
 */
final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** The failures of tasks that this avatar has not claimed, as it lacks the means. */
  private static final Set<FailureKind> LEFT_TO_OTHERS =
      Set.of(FailureKind.NO_AGENT, FailureKind.AGENT_UNAVAILABLE, FailureKind.SANDBOX_UNAVAILABLE);

  private final Admission admission;
  private final TaskRunner runner;
  private final Inbox inbox;
  private final WorkerControl control;
  private final Clock clock;
  private final ExecutorService threads;
  private final Set<TaskId> inFlight = ConcurrentHashMap.newKeySet();

  Dispatcher(
      Admission admission, TaskRunner runner, Inbox inbox, WorkerControl control, Clock clock) {
    this.admission = admission;
    this.runner = runner;
    this.inbox = inbox;
    this.control = control;
    this.clock = clock;
    var number = new AtomicInteger();
    this.threads =
        Executors.newCachedThreadPool(
            task -> new Thread(task, "avatar-task-" + number.incrementAndGet()));
  }

  /** Whether there is disk space for one more task. */
  boolean hasDiskSpace() {
    return admission.hasDiskSpace();
  }

  /** Removes files of tasks that no task needs any more. */
  void tidy() {
    runner.tidy();
  }

  /** How many tasks have ended so far, successfully or not. */
  int endedTasks() {
    return admission.ended();
  }

  /** Waits until the task may begin, and starts it. */
  void begin(Inbox.Entry entry) throws InterruptedException {
    Admission.Permit permit = admission.acquire();
    if (inFlight.add(entry.task())) {
      threads.execute(() -> run(entry, permit));
    } else {
      permit.close();
      inbox.reject(entry, "task " + entry.task() + " is being worked on");
    }
  }

  private void run(Inbox.Entry entry, Admission.Permit permit) {
    try {
      conclude(entry, permit, runner.run(entry.task(), entry.announcedAt(), permit));
      runner.refusal().ifPresent(control::refuse);
    } catch (UnauthorizedException e) {
      control.refuse(e);
    } catch (PortException e) {
      retryOrReject(entry, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      log.error("Internal error in task {}; the other tasks continue", entry.task(), e);
    } finally {
      inFlight.remove(entry.task());
      permit.close();
      if (admission.exhausted()) {
        control.drain();
      }
    }
  }

  private void conclude(Inbox.Entry entry, Admission.Permit permit, TaskOutcome outcome) {
    if (!control.interrupted() && inbox.hasOpenAttempt(entry.task())) {
      inbox.retryLater(entry, OutcomeText.of(outcome), clock.instant());
    } else if (outcome instanceof TaskOutcome.NotOurs notOurs) {
      inbox.reject(entry, "task " + entry.task() + ": " + notOurs.reason());
    } else {
      runner.tidy();
      permit.spend();
    }
  }

  private void retryOrReject(Inbox.Entry entry, PortException reason) {
    if (LEFT_TO_OTHERS.contains(reason.kind())) {
      inbox.leaveToOthers(entry, reason, clock.instant());
    } else if (reason.retryable()) {
      inbox.retryLater(entry, reason.getMessage(), clock.instant());
    } else {
      inbox.reject(entry, reason.getMessage());
    }
  }

  /** Starts no more tasks; the running ones continue. */
  void shutdown() {
    threads.shutdown();
  }

  /** Starts no more tasks, and interrupts the running ones. */
  void interrupt() {
    threads.shutdownNow();
  }

  /** Waits for at most {@code limit} until no task runs, and returns whether none does. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return threads.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
