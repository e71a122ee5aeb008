package io.numa.avatar.port.journal;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import java.util.Locale;

/** How far a task is, or how it ended, in a word. */
public enum OutcomeWord {
  /** Announced, but not begun. */
  WAITING,
  /**
   * Begun, and without an outcome. A task of an avatar that does not run is continued at the next
   * start.
   */
  RUNNING,
  DONE,
  /** Failed, so that another try changes nothing by itself. */
  FAILED,
  /** Failed because a network, disk or server did; another try may succeed. */
  UNAVAILABLE,
  CANCELLED,
  /** Given up without a report, as it was not this avatar's any more. */
  DROPPED,
  /** Ended under a version of the avatar that did not record the outcome. */
  UNKNOWN;

  /** The outcome that an attempt's latest status tells. */
  public static OutcomeWord of(StatusUpdate latest) {
    if (latest.finishedAt().isEmpty()) {
      return RUNNING;
    }
    if (latest.state() == TaskState.CANCELLED) {
      return CANCELLED;
    }
    return latest
        .failure()
        .map(failure -> of(failure.kind()))
        .orElse(latest.state() == TaskState.DONE ? DONE : FAILED);
  }

  /** The outcome that an attempt has ended with. */
  public static OutcomeWord of(TaskOutcome outcome) {
    return outcome.fold(new Words());
  }

  private static OutcomeWord of(FailureKind kind) {
    return kind.retryable() ? UNAVAILABLE : FAILED;
  }

  /** The word in lower case, as commands and documents spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether nothing more is done for the task. */
  public boolean ended() {
    return this != WAITING && this != RUNNING;
  }

  private static final class Words implements TaskOutcome.Cases<OutcomeWord> {
    @Override
    public OutcomeWord delivered(TaskOutcome.Delivered outcome) {
      return DONE;
    }

    @Override
    public OutcomeWord failed(TaskOutcome.Failed outcome) {
      return FAILED;
    }

    @Override
    public OutcomeWord unavailable(TaskOutcome.Unavailable outcome) {
      return UNAVAILABLE;
    }

    @Override
    public OutcomeWord cancelled(TaskOutcome.Cancelled outcome) {
      return CANCELLED;
    }

    @Override
    public OutcomeWord notOurs(TaskOutcome.NotOurs outcome) {
      return DROPPED;
    }
  }
}
