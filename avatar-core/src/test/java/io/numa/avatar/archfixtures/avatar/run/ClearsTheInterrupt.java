package io.numa.avatar.archfixtures.avatar.run;

/** Breaks: interrupts are cleared in one place. */
final class ClearsTheInterrupt {
  private ClearsTheInterrupt() {}

  static boolean clear() {
    return Thread.interrupted();
  }
}
