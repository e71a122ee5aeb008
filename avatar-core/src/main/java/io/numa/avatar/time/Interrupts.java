package io.numa.avatar.time;

/** The interrupt flag of the calling thread, which tells it to stop. */
public final class Interrupts {
  private Interrupts() {}

  /** Says whether the flag is set, and clears it. */
  public static boolean take() {
    return Thread.interrupted();
  }

  /**
   * Clears the flag.
   *
   * @throws InterruptedException if it was set
   */
  public static void check() throws InterruptedException {
    if (take()) {
      throw new InterruptedException();
    }
  }
}
