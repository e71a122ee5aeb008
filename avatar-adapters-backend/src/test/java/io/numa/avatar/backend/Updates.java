package io.numa.avatar.backend;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import java.util.Optional;

/** Updates for tests. */
final class Updates {
  private Updates() {}

  static StatusUpdate started(int sequence) {
    return new StatusUpdate(
        sequence,
        TaskState.IN_PROGRESS,
        Stage.CLONE,
        "cloning",
        WorkSummary.NOTHING_YET,
        Backends.NOW,
        Optional.empty(),
        Optional.empty());
  }

  /** The last status, which is {@code done}, with a message. */
  static StatusUpdate saying(int sequence, String message) {
    return new StatusUpdate(
        sequence,
        TaskState.DONE,
        Stage.REPORT,
        message,
        WorkSummary.NOTHING_YET,
        Backends.NOW,
        Optional.of(Backends.NOW.plusSeconds(60)),
        Optional.empty());
  }

  static StatusUpdate ended(int sequence, TaskState state, WorkSummary work) {
    return new StatusUpdate(
        sequence,
        state,
        Stage.REPORT,
        "over",
        work,
        Backends.NOW,
        Optional.of(Backends.NOW.plusSeconds(60)),
        Optional.empty());
  }
}
