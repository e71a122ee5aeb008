package io.numa.avatar.port.repository;

import io.numa.avatar.task.CommitId;

/** The result of replaying a commit on the new tip of its branch. */
public sealed interface Replayed {
  /** The tip in one line: its id, subject and author. */
  String tip();

  /**
   * The branch has the change already.
   *
   * @param commit the commit on the branch: of the same attempt, or of the same task if nothing is
   *     left to change
   */
  record Landed(String tip, CommitId commit) implements Replayed {}

  /** The change is staged on the tip. */
  record Staged(String tip, StagedChange change) implements Replayed {}
}
