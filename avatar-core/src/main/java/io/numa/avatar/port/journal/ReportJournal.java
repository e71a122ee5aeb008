package io.numa.avatar.port.journal;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.AttemptId;
import java.time.Instant;
import java.util.Optional;

/**
 * The part of a {@link Journal} that records the lease of an attempt, the parts of its log and
 * statuses that the backend has, and those that are still to be sent.
 */
public interface ReportJournal {
  /** Records that the backend has given us the task, and the granted lease. */
  void claimed(Attempt attempt);

  /**
   * Records the same of an attempt that has just begun, and what its task is, for {@link
   * TaskHistory}.
   *
   * @param task empty if the task cannot be read
   * @param startedAt when the attempt began
   */
  void claimed(Attempt attempt, Optional<TaskDescription> task, Instant startedAt);

  /**
   * Records a status to be sent to the backend after all of the log before {@code logEnd}. A status
   * that is recorded twice is kept once. The first status with an end ({@link
   * StatusUpdate#finishedAt}) is the attempt's outcome.
   *
   * <p>The status may be sent only after the next {@link #sync}: until then, a loss of power may
   * undo the record. The end of the process does not.
   */
  void announce(AttemptId attempt, StatusUpdate update, long logEnd);

  /** Returns when all that was recorded before would survive a loss of power. */
  void sync();

  /** Records that the backend has all of the log before {@code offset}. */
  void acknowledged(AttemptId attempt, long offset);

  /** Records that the backend has the status with that number. */
  void told(AttemptId attempt, int sequence);
}
