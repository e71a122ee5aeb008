package io.numa.avatar.time;

/** Reads the interrupt flag of the calling thread, which asks the thread to stop. */
public final class Interrupts {
  private Interrupts() {}

  /** Clears the flag, and returns whether it was set. */
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
