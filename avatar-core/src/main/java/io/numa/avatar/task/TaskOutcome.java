package io.numa.avatar.task;

import java.util.Optional;

/**
 * How one attempt at a task ended. Except for {@link NotOurs}, it is reported to the backend once.
 */
public sealed interface TaskOutcome {
  /** Steps and tests succeeded, and the remote acknowledged the commit. */
  record Delivered(WorkSummary work) implements TaskOutcome {}

  /** The task, its plan or its tests failed; running it again changes nothing by itself. */
  record Failed(Failure failure, WorkSummary work) implements TaskOutcome {}

  /** A network, disk or server failed; the same task may succeed later. */
  record Unavailable(Failure failure, WorkSummary work) implements TaskOutcome {}

  /** The backend or the operator stopped the task; nothing was pushed. */
  record Cancelled(String reason, WorkSummary work) implements TaskOutcome {}

  /**
   * The task is not for this avatar: it is not ready, does not exist, or another avatar has it.
   * Nothing was reported.
   */
  record NotOurs(String reason) implements TaskOutcome {}

  /** The outcome for {@code failure}. */
  static TaskOutcome of(Failure failure, WorkSummary work) {
    return failure.kind().retryable() ? new Unavailable(failure, work) : new Failed(failure, work);
  }

  /** The work; empty if the task was not ours. */
  default Optional<WorkSummary> summary() {
    if (this instanceof Delivered delivered) {
      return Optional.of(delivered.work());
    }
    if (this instanceof Failed failed) {
      return Optional.of(failed.work());
    }
    if (this instanceof Unavailable unavailable) {
      return Optional.of(unavailable.work());
    }
    return this instanceof Cancelled cancelled ? Optional.of(cancelled.work()) : Optional.empty();
  }

  /** Hands this outcome to the method of {@code cases} for its kind. */
  default <R> R fold(Cases<R> cases) {
    if (this instanceof Delivered delivered) {
      return cases.delivered(delivered);
    }
    if (this instanceof Failed failed) {
      return cases.failed(failed);
    }
    if (this instanceof Unavailable unavailable) {
      return cases.unavailable(unavailable);
    }
    if (this instanceof Cancelled cancelled) {
      return cases.cancelled(cancelled);
    }
    return cases.notOurs((NotOurs) this);
  }

  /** One answer for each kind of outcome. */
  interface Cases<R> {
    R delivered(Delivered outcome);

    R failed(Failed outcome);

    R unavailable(Unavailable outcome);

    R cancelled(Cancelled outcome);

    R notOurs(NotOurs outcome);
  }
}
