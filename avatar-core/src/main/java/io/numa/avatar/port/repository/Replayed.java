package io.numa.avatar.port.repository;

import io.numa.avatar.task.CommitId;

/** The result of replaying a commit on the tip that its branch has moved to. */
public sealed interface Replayed {
  /** The tip in one line: its id, subject and author. */
  String tip();

  /**
   * The branch has the change already.
   *
   * @param commit of the branch: of the same attempt, or of the same task where nothing is left to
   *     change
   */
  record Landed(String tip, CommitId commit) implements Replayed {}

  /** The change is staged on the tip. */
  record Staged(String tip, StagedChange change) implements Replayed {}
}
