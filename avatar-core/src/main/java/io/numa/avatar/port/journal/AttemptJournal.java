package io.numa.avatar.port.journal;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The part of a {@link Journal} that records the attempts and the progress of their work. */
public interface AttemptJournal {
  /**
   * Records that an attempt is about to be claimed. This ends an earlier attempt at the same task,
   * and removes the task's announcements from {@link MessageJournal#waiting}.
   *
   * @param number the number of the attempt among consecutive attempts at the same task, from 1
   */
  void begin(Attempt attempt, int number);

  /** Records the commit that is about to be pushed, and its destination. */
  void committed(AttemptId attempt, PendingPush push);

  /** Records that the remote has acknowledged the commit. */
  void pushed(AttemptId attempt);

  /**
   * Records that an attempt needs no more work and no more reports. It is then no open attempt, but
   * {@link HistoryJournal} has it.
   *
   * @param at the current time
   */
  void settle(AttemptId attempt, Instant at);

  /** The attempts that are not settled, in the order they were begun; at most one for each task. */
  List<JournaledAttempt> open();

  /** The unsettled attempt at the task, if there is one. */
  Optional<JournaledAttempt> find(TaskId task);
}
