package io.numa.avatar.worker;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.journal.JournaledAttempt;
import io.numa.avatar.queue.HeldTask;
import io.numa.avatar.queue.HeldTasks;
import io.numa.avatar.run.text.OutcomeText;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a task after its run: it is over, it is tried again, or it is rejected. A
 * task from a queue returns there. Safe for use by several threads.
 */
final class Completion {
  private static final Logger log = LoggerFactory.getLogger(Completion.class);

  /** The failures of tasks that this avatar has not claimed, as it lacks the means. */
  private static final Set<FailureKind> LEFT_TO_OTHERS =
      Set.of(
          FailureKind.NO_AGENT,
          FailureKind.AGENT_UNAVAILABLE,
          FailureKind.AGENT_BUDGET,
          FailureKind.SANDBOX_UNAVAILABLE);

  /** When a queue may give a task to an avatar again after one that lacks the means for it. */
  private static final Duration TO_OTHERS = Duration.ofSeconds(60);

  private final Inbox inbox;
  private final Optional<HeldTasks> queue;
  private final Optional<RepositoryLimit> limit;
  private final Clock clock;

  Completion(Inbox inbox, Optional<HeldTasks> queue, Optional<RepositoryLimit> limit, Clock clock) {
    this.inbox = inbox;
    this.queue = queue;
    this.limit = limit;
    this.clock = clock;
  }

  /** Whether the journal has an attempt at the task that is not over. */
  boolean isOpen(TaskId task) {
    return inbox.openAttempt(task).isPresent();
  }

  /** Whether a queue gave the task to this avatar. */
  boolean isHeld(TaskId task) {
    return held(task).isPresent();
  }

  /**
   * Holds a task again that this avatar has begun, so that its reports claim it; does nothing where
   * there is no queue.
   */
  void holdAgain(TaskId task) {
    if (queue.isPresent() && !isHeld(task) && isOpen(task) && !inbox.isOwn(task)) {
      queue.get().resume(task);
    }
  }

  /**
   * Whether a queue delivered the task of an earlier attempt again, and it has ended since. To
   * begin it now would begin it without a claim.
   */
  boolean hasEnded(InboxEntry entry) {
    return queue.isPresent()
        && entry.message().isEmpty()
        && !isHeld(entry.task())
        && !isOpen(entry.task())
        && !inbox.isOwn(entry.task());
  }

  /**
   * The attempts of other avatars, or of this one, that have claimed a task from a queue before.
   *
   * @throws PortException if the engine could not be asked
   */
  List<AttemptId> formerAttempts(TaskId task) throws InterruptedException {
    Optional<HeldTask> held = held(task);
    return held.isPresent() ? held.get().formerAttempts() : List.of();
  }

  private Optional<HeldTask> held(TaskId task) {
    return queue.flatMap(tasks -> tasks.find(task));
  }

  /**
   * Gives a new task from a queue a place at its repository; a task that this avatar had before
   * needs none.
   */
  RepositoryLimit.Place enter(InboxEntry entry) throws InterruptedException {
    return limit.isPresent() && entry.message().isPresent() && isHeld(entry.task())
        ? limit.get().enter(entry.task())
        : RepositoryLimit.Place.NONE;
  }

  /** The journal has an attempt that is not over. */
  void continueLater(InboxEntry entry, TaskOutcome outcome) {
    keep(entry.task());
    inbox.retryLater(entry, OutcomeText.of(outcome), clock.instant());
  }

  /**
   * The work at the task is over.
   *
   * @param open whether the journal has an attempt whose rest a later process or another avatar
   *     does
   */
  void over(InboxEntry entry, boolean open) {
    held(entry.task()).ifPresent(open ? HeldTask::letGo : HeldTask::settle);
  }

  void notOurs(InboxEntry entry, String reason) {
    Optional<HeldTask> held = held(entry.task());
    if (held.isPresent()) {
      log.info("Not carried out: {}", reason);
      held.get().leave();
    } else {
      inbox.reject(entry, reason);
    }
  }

  /**
   * The task is being worked on. A queue delivers one again whose lease was not renewed in time.
   */
  void repeated(InboxEntry entry) {
    if (!isHeld(entry.task())) {
      inbox.reject(entry, "task " + entry.task() + " is being worked on");
    }
  }

  /** The task could not be fetched or claimed. */
  void failed(InboxEntry entry, PortException reason) {
    Optional<HeldTask> held = held(entry.task());
    if (held.isPresent() && !(reason.retryable() && keep(entry.task()))) {
      giveBack(held.get(), reason);
      inbox.openAttempt(entry.task()).ifPresent(it -> inbox.dropUnclaimed(it, clock.instant()));
    } else if (held.isEmpty() && LEFT_TO_OTHERS.contains(reason.kind())) {
      inbox.leaveToOthers(entry, reason, clock.instant());
    } else if (reason.retryable()) {
      inbox.retryLater(entry, reason.getMessage(), clock.instant());
    } else {
      inbox.reject(entry, reason.getMessage());
    }
  }

  /** Keeps a task whose attempt this avatar continues later; returns whether there is one. */
  private boolean keep(TaskId task) {
    Optional<JournaledAttempt> attempt = inbox.openAttempt(task).filter(JournaledAttempt::claimed);
    attempt.ifPresent(it -> held(task).ifPresent(held -> held.keep(it.attempt())));
    return attempt.isPresent();
  }

  /** An internal error ended the work at the task, so that this avatar renews it no more. */
  void abandoned(InboxEntry entry) {
    held(entry.task()).ifPresent(HeldTask::letGo);
  }

  private static void giveBack(HeldTask task, PortException reason) {
    if (LEFT_TO_OTHERS.contains(reason.kind())) {
      task.giveBack(TO_OTHERS);
    } else if (reason.retryable()) {
      task.giveBack();
    } else {
      task.bury(reason.getMessage());
    }
  }
}
