package io.numa.avatar.testkit;

import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;

/** Stages working copies in tests. */
public final class Staging {
  private Staging() {}

  /** Stages the whole tree, with files of any size. */
  public static StagedChange stageAll(WorkingCopy copy) {
    return copy.stage(ChangedPaths.ANYWHERE, Long.MAX_VALUE);
  }
}
