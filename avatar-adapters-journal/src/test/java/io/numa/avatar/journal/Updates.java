package io.numa.avatar.journal;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import java.time.Instant;
import java.util.Optional;

/** Statuses that the tests are about. */
final class Updates {
  private Updates() {}

  /** One in which all is empty that may be. */
  static StatusUpdate begun(int sequence) {
    return new StatusUpdate(
        sequence,
        TaskState.IN_PROGRESS,
        Stage.CLONE,
        "",
        WorkSummary.NOTHING_YET,
        Instant.parse("2026-01-02T03:04:05.000000006Z"),
        Optional.empty(),
        Optional.empty());
  }
}
