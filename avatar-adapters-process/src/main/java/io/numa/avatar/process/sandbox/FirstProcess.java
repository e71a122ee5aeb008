package io.numa.avatar.process.sandbox;

import java.util.List;

/** A shell as the first process of a PID namespace. */
public final class FirstProcess {
  /**
   * It is a shell and not the command, because a first process does not receive signals without a
   * handler, and because it has to reap orphaned processes.
   *
   * <p>The namespace ends with the first process, so it waits for the processes that the command
   * left running: for 0.4 s, and then it asks them to end; without a limit, if it was itself asked
   * to end. The command gets the standard error; the shell's own remarks on a command that a signal
   * ended are dropped.
   *
   * <p>Some shells (dash) drop variables whose names have other characters than letters, digits and
   * {@code _}.
   */
  private static final String SCRIPT =
      """
      exec 3>&2 2>/dev/null
      trap asked=1 TERM
      (exec "$@" 2>&3 3>&-)
      code=$?
      left=8
      while set -- /proc/[0-9]*; [ $# -gt 1 ] && [ $left -gt 0 ]; do
        [ "$asked" ] || left=$((left - 1))
        sleep 0.05
      done
      [ $# -eq 1 ] || { kill -TERM -1; sleep 0.2; }
      exit $code
      """;

  /** The words that start a command as the first process's child. */
  public static final List<String> WORDS = List.of("/bin/sh", "-c", SCRIPT, "init");

  /** The same; prints an empty line first. */
  static final List<String> TELLING = List.of("/bin/sh", "-c", "echo\n" + SCRIPT, "init");

  private FirstProcess() {}
}
