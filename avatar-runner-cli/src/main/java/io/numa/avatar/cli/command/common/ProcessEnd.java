package io.numa.avatar.cli.command.common;

import java.io.IOException;
import java.util.Map;
import org.jline.utils.Signals;

/**
 * Ends the process. After a signal it ends by that same signal: shells then give 128 plus the
 * number as its exit code, and service managers see an orderly end, which systemd does not see in a
 * mere exit code of 143.
 */
public final class ProcessEnd {
  /** The signals that stop the program, and their numbers. */
  public static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  private ProcessEnd() {}

  /** Ends the process with an exit code of {@link ExitCode}, or 128 plus a signal's number. */
  public static void with(int exitCode) {
    SIGNALS.forEach(
        (name, number) -> {
          if (exitCode == 128 + number) {
            die(name);
          }
        });
    System.exit(exitCode);
  }

  /** Does nothing in a container's first process, which the kernel keeps from dying so. */
  private static void die(String signal) {
    Signals.registerDefault(signal);
    try {
      new ProcessBuilder("kill", "-" + signal, String.valueOf(ProcessHandle.current().pid()))
          .start()
          .waitFor();
    } catch (IOException e) {
      // There is no such program. The exit code tells the same.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
