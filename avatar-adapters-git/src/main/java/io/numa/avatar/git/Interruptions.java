package io.numa.avatar.git;

/** Where JGit reports an interrupted thread as any other failure, or not at all. */
final class Interruptions {
  private Interruptions() {}

  /** Throws if this thread has been interrupted, and clears the mark. */
  static void check() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
