package io.numa.avatar.port.journal;

import io.numa.avatar.task.TaskId;
import java.util.List;
import java.util.Optional;

/**
 * The part of a {@link Journal} that records the change requests that the avatar looks after, and
 * its follow-ups.
 */
public interface FollowUpJournal {
  /** Records a change request to look after. One that is recorded already stays as it is. */
  void watch(WatchedChange change);

  /**
   * Forgets a change request that needs no more looking after, and its follow-ups that are not open
   * and were never begun.
   */
  void unwatch(String url);

  /** The change requests to look after, the newest first; at most 200. */
  List<WatchedChange> watched();

  /** Records a follow-up; it replaces what was recorded for the same task. */
  void note(FollowUp followUp);

  /**
   * A follow-up by its task, as long as its change request is looked after or the task's history is
   * kept.
   */
  Optional<FollowUp> followUp(TaskId task);

  /** The follow-ups of a change request, in the order that each was first recorded. */
  List<FollowUp> followUps(String url);
}
