package io.numa.avatar.port.journal;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.AttemptId;

/**
 * The part of a {@link Journal} that remembers what the backend has granted an attempt, what it has
 * of its log and statuses, and what is still to be sent.
 */
public interface ReportJournal {
  /** Notes that the backend has given us the task, with the lease it gave. */
  void claimed(Attempt attempt);

  /**
   * Records a status to be sent to the backend, after all of the log before {@code logEnd}. Noted
   * again, it is there once. The first with an end ({@link StatusUpdate#finishedAt}) is the
   * attempt's outcome.
   */
  void announce(AttemptId attempt, StatusUpdate update, long logEnd);

  /** Notes that the backend has all of the log before {@code offset}. */
  void acknowledged(AttemptId attempt, long offset);

  /** Notes that the backend has the status of that number. */
  void told(AttemptId attempt, int sequence);
}
