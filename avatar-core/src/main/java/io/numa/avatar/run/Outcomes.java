package io.numa.avatar.run;

import io.numa.avatar.port.PortException;
import io.numa.avatar.run.report.Cancellation;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides the outcome of an attempt from the exception that ended its work and from the reason why
 * it was stopped, if it was. Used by the attempt's thread only; an interrupt of this thread asks it
 * to stop.
 */
final class Outcomes {
  private static final Logger log = LoggerFactory.getLogger(Outcomes.class);

  private static final String KEPT = "stopped, to be continued at the next start";
  private static final String STOPPED = "stopped before it was finished";

  private final TaskId task;
  private final AttemptProgress progress;
  private final boolean durable;

  /**
   * @param durable whether the journal outlives the process
   */
  Outcomes(TaskId task, AttemptProgress progress, boolean durable) {
    this.task = task;
    this.progress = progress;
    this.durable = durable;
  }

  /** The outcome of an attempt whose work ended with {@code cause}. */
  TaskOutcome of(Throwable cause, Cancellation cancellation) {
    if (cause instanceof StageFailedException stopped) {
      return progress.failed(stopped.kind(), stopped.getMessage(), stopped.exitCode());
    }
    if (cause instanceof InterruptedException) {
      return interrupted(cancellation);
    }
    if (cause instanceof PortException failure) {
      // An interrupt closes files that the thread reads, so the read fails.
      return Interrupts.take()
          ? interrupted(cancellation)
          : failed(failure.kind(), failure.getMessage());
    }
    if (cause instanceof IOException) {
      return failed(FailureKind.UNAVAILABLE, "could not use the workspace: " + cause);
    }
    log.error("Internal error in task {}", task, cause);
    return failed(FailureKind.INTERNAL, "internal error of the avatar: " + cause);
  }

  private TaskOutcome interrupted(Cancellation cancellation) {
    Optional<Cancellation.Stop> stop = cancellation.stopped();
    if (stop.isPresent() && stop.get().cause() == Cancellation.Cause.OVERTIME) {
      return failed(FailureKind.TIMEOUT, stop.get().reason());
    }
    String reason = durable ? KEPT : STOPPED;
    return new TaskOutcome.Cancelled(
        stop.map(Cancellation.Stop::reason).orElse(reason), progress.work());
  }

  private TaskOutcome failed(FailureKind kind, String message) {
    return progress.failed(kind, message, OptionalInt.empty());
  }

  /**
   * The final outcome when the work is over. If the task is not ours any more, only a delivery
   * counts.
   */
  static TaskOutcome atEnd(TaskOutcome outcome, Cancellation cancellation) {
    return cancellation
        .stopped()
        .filter(Cancellation.Stop::isLoss)
        .filter(stop -> !(outcome instanceof TaskOutcome.Delivered))
        .<TaskOutcome>map(stop -> new TaskOutcome.NotOurs(stop.reason()))
        .orElse(outcome);
  }

  /**
   * Whether the attempt stays in the journal without an outcome, so that a later attempt continues
   * the task: its lease ended, or the avatar was stopped and its journal is durable.
   */
  boolean staysOpen(TaskOutcome outcome, Cancellation cancellation) {
    if (!(outcome instanceof TaskOutcome.NotOurs) && !(outcome instanceof TaskOutcome.Cancelled)) {
      return false;
    }
    return cancellation
        .stopped()
        .map(stop -> stop.cause() == Cancellation.Cause.LAPSED)
        .orElse(durable);
  }
}
