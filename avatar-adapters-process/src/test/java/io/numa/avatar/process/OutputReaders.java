package io.numa.avatar.process;

import java.time.Duration;

/** The threads of this JVM that read the output of commands. */
final class OutputReaders {
  /** Waits until there are none, and says whether that came within {@code limit}. */
  boolean awaitEnd(Duration limit) throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("avatar-output-")) {
        thread.join(limit.toMillis());
        if (thread.isAlive()) {
          return false;
        }
      }
    }
    return true;
  }
}
