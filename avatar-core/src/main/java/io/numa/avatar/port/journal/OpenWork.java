package io.numa.avatar.port.journal;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is still to be done.
 *
 * @param waiting how many announced tasks wait to be begun
 * @param attempts the attempts that are claimed and not settled, in the order they were begun
 * @param pausedSince see {@link OperatorJournal#pausedSince}
 */
public record OpenWork(int waiting, List<OpenAttempt> attempts, Optional<Instant> pausedSince) {
  /** Nothing is to be done. */
  public static final OpenWork NONE = new OpenWork(0, List.of(), Optional.empty());

  public OpenWork {
    attempts = List.copyOf(attempts);
  }

  /**
   * An attempt that is not settled.
   *
   * @param number the number of the attempt among consecutive attempts at the same task, from 1
   * @param ended whether it has an outcome
   * @param reportsWaiting how many statuses the backend does not have yet
   * @param acknowledged how many bytes of the log the backend has
   */
  public record OpenAttempt(
      TaskId task,
      AttemptId attempt,
      int number,
      boolean ended,
      int reportsWaiting,
      long acknowledged) {}
}
