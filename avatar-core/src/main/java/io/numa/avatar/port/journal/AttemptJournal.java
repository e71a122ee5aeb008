package io.numa.avatar.port.journal;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.TaskId;
import java.util.List;
import java.util.Optional;

/** The part of a {@link Journal} that remembers the attempts and how far their work came. */
public interface AttemptJournal {
  /**
   * Notes that an attempt is about to be claimed. This forgets an earlier one at the same task, and
   * no announcement of the task waits any more.
   *
   * @param number from 1, one higher with every attempt at the same task in a row
   */
  void begin(Attempt attempt, int number);

  /** Notes the commit that is about to be pushed, and where to. */
  void committed(AttemptId attempt, PendingPush push);

  /** Notes that the remote has acknowledged the commit. */
  void pushed(AttemptId attempt);

  /** Forgets an attempt that needs no more work and no more reports. */
  void settle(AttemptId attempt);

  /** The attempts that are not settled, one for each task at most, in the order they were begun. */
  List<JournaledAttempt> open();

  /** The attempt at that task that is not settled. */
  Optional<JournaledAttempt> find(TaskId task);
}
