package io.numa.avatar.port.journal;

import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.AttemptId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What the journal keeps of an attempt, open or ended.
 *
 * @param number the number of the attempt among consecutive attempts at the same task, from 1; 0 if
 *     it ended under a version of the avatar that did not record it
 * @param last its last status, with the times of its stages; empty if it had none, or was not
 *     recorded
 * @param settledAt when it needed no more work and no more reports, in whole milliseconds; empty if
 *     it is open, and if another attempt replaced it before
 * @param replaced whether another attempt began before this one was settled
 * @param reportsWaiting how many statuses the backend does not have yet
 */
public record AttemptRecord(
    AttemptId attempt,
    int number,
    Optional<StatusUpdate> last,
    Optional<Instant> settledAt,
    boolean replaced,
    int reportsWaiting) {

  /** In the order that they began; first those whose time is not known, the open one last. */
  static final Comparator<AttemptRecord> BY_BEGIN =
      Comparator.comparing(AttemptRecord::open)
          .thenComparing(
              attempt -> attempt.last().map(StatusUpdate::startedAt).orElse(Instant.MIN));

  /** Whether there is more to do or to report. */
  public boolean open() {
    return settledAt.isEmpty() && !replaced;
  }
}
