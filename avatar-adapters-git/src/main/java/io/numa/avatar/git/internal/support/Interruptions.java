package io.numa.avatar.git.internal.support;

import io.numa.avatar.time.Interrupts;

/** Where JGit reports an interrupted thread as any other failure, or not at all. */
public final class Interruptions {
  private Interruptions() {}

  /** Throws if this thread has been interrupted, and clears the mark. */
  public static void check() throws InterruptedException {
    Interrupts.check();
  }
}
