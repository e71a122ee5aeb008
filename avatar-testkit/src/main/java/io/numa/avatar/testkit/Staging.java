package io.numa.avatar.testkit;

import io.numa.avatar.port.StagedChange;
import io.numa.avatar.port.Touched;
import io.numa.avatar.port.WorkingCopy;

/** Stages working copies in tests. */
public final class Staging {
  private Staging() {}

  /** Stages all of the tree, with files of any size. */
  public static StagedChange stageAll(WorkingCopy copy) {
    return copy.stage(Touched.ANYWHERE, Long.MAX_VALUE);
  }
}
