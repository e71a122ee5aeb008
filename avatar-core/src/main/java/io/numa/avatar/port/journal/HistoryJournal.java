package io.numa.avatar.port.journal;

import io.numa.avatar.task.AttemptId;
import java.util.List;

/** The part of a {@link Journal} that records which tasks have ended, until they are forgotten. */
public interface HistoryJournal {
  /**
   * The tasks that have ended and have no open attempt, the one that ended first before the others.
   *
   * @param limit the most tasks to return, at least 1
   */
  List<EndedTask> ended(int limit);

  /** Forgets these attempts at a task that has ended. Its messages stay known. */
  void forget(EndedTask task);

  /** Whether the journal has the attempt, open or ended. */
  boolean has(AttemptId attempt);
}
