package io.numa.avatar.worker;

import io.numa.avatar.operation.Retry;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.UnauthorizedException;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.WorkPermit;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.agent.SteeringMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each admitted task on a separate thread, and decides afterwards whether to retry or to
 * reject it.
 */
final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private final Admission admission;
  private final TaskRunner runner;
  private final WorkerControl control;
  private final Completion completion;
  private final Clock clock;
  private final ExecutorService threads;
  private final Set<TaskId> inFlight = ConcurrentHashMap.newKeySet();

  Dispatcher(
      Admission admission,
      TaskRunner runner,
      WorkerControl control,
      Completion completion,
      Clock clock) {
    this.admission = admission;
    this.runner = runner;
    this.control = control;
    this.completion = completion;
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

  /** Waits until a task may begin. */
  void awaitSlot() throws InterruptedException {
    admission.acquire().close();
  }

  /**
   * Waits until a task may begin, and starts it.
   *
   * @param next gives the task when it may begin; empty if there is none any more
   */
  void begin(Supplier<Optional<InboxEntry>> next) throws InterruptedException {
    Admission.Permit permit = admission.acquire();
    Optional<InboxEntry> entry = next.get();
    if (entry.isPresent()) {
      begin(entry.get(), permit);
    } else {
      permit.close();
    }
  }

  private void begin(InboxEntry entry, Admission.Permit permit) {
    if (inFlight.add(entry.task())) {
      completion.holdAgain(entry.task());
      Work work = () -> placed(entry, permit);
      threads.execute(() -> run(entry, permit, work));
    } else {
      permit.close();
      completion.repeated(entry);
    }
  }

  private TaskOutcome placed(InboxEntry entry, Admission.Permit permit)
      throws InterruptedException {
    if (completion.hasEnded(entry)) {
      return new TaskOutcome.NotOurs("it has ended meanwhile");
    }
    WorkPermit right =
        completion.isHeld(entry.task())
            ? permit.exclusively(completion.formerAttempts(entry.task()))
            : permit;
    try (RepositoryLimit.Place place = completion.enter(entry)) {
      return runner.run(entry.task(), entry.announcedAt(), right);
    }
  }

  /** Sends the reports of a task whose work is done; that takes no slot. */
  void report(InboxEntry entry) {
    begin(entry, admission.extra());
  }

  /** Tells the backend that a waiting task is cancelled; that takes no slot. */
  void tellCancelled(InboxEntry entry) {
    begin(entry, admission.extra());
  }

  /** Whether the task has begun and its last report is not sent. */
  boolean isInFlight(TaskId task) {
    return inFlight.contains(task);
  }

  /** Whether the task has begun, now or before a restart. */
  boolean isBegun(TaskId task) {
    return isInFlight(task) || completion.isOpen(task);
  }

  /** Cancels a task that has begun; returns whether its work was not over. */
  boolean cancel(TaskId task) {
    return inFlight.contains(task) && runner.cancel(task);
  }

  /** Tells the agent of a running task something; returns why that is not possible, or empty. */
  Optional<String> say(TaskId task, SteeringMessage message) {
    return runner.say(task, message);
  }

  /** Makes another attempt at a failed task; returns when it is ours, or is refused. */
  Retry retry(TaskId task) throws InterruptedException {
    Optional<Admission.Permit> permit = admission.tryAcquire();
    if (permit.isEmpty()) {
      return Retry.refused(admission.fullness().orElse("no slot is free"));
    }
    if (!inFlight.add(task)) {
      permit.get().close();
      return Retry.refused("it is being worked on");
    }
    var answer = new ArrayBlockingQueue<Retry>(1);
    var entry = InboxEntry.of(task, clock.instant());
    Admission.Permit telling = permit.get().onClaim(() -> answer.offer(Retry.BEGUN));
    threads.execute(
        () -> {
          run(entry, telling, () -> answered(task, telling, answer));
          answer.offer(Retry.refused("the avatar failed to begin it; its log says why"));
        });
    return answer.take();
  }

  private TaskOutcome answered(TaskId task, Admission.Permit permit, BlockingQueue<Retry> answer)
      throws InterruptedException {
    try {
      TaskOutcome outcome = runner.again(task, permit);
      answer.offer(Retry.refused(reason(outcome)));
      return outcome;
    } catch (PortException e) {
      answer.offer(Retry.refused(e.getMessage()));
      return new TaskOutcome.NotOurs(e.getMessage());
    }
  }

  private static String reason(TaskOutcome outcome) {
    return outcome instanceof TaskOutcome.NotOurs notOurs
        ? notOurs.reason()
        : OutcomeText.of(outcome);
  }

  private interface Work {
    TaskOutcome run() throws InterruptedException;
  }

  private void run(InboxEntry entry, Admission.Permit permit, Work work) {
    try {
      conclude(entry, permit, work.run());
      runner.refusal().ifPresent(control::refuse);
    } catch (UnauthorizedException e) {
      control.refuse(e);
    } catch (PortException e) {
      completion.failed(entry, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      log.error("Internal error in task {}; the other tasks continue", entry.task(), e);
      completion.abandoned(entry);
    } finally {
      inFlight.remove(entry.task());
      permit.close();
      if (admission.exhausted()) {
        control.drain();
      }
    }
  }

  private void conclude(InboxEntry entry, Admission.Permit permit, TaskOutcome outcome) {
    boolean open = completion.isOpen(entry.task());
    if (open && !control.interrupted()) {
      completion.continueLater(entry, outcome);
    } else if (outcome instanceof TaskOutcome.NotOurs notOurs) {
      completion.notOurs(entry, "task " + entry.task() + ": " + notOurs.reason());
    } else {
      completion.over(entry, open);
      runner.tidy();
      permit.spend();
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
