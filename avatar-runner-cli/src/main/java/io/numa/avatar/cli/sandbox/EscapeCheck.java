package io.numa.avatar.cli.sandbox;

import io.numa.avatar.process.sandbox.Guarantee;

/**
 * One way to leave a sandbox.
 *
 * <p>The probe is a script for {@code sh} that needs nothing else but the POSIX tools. It runs
 * inside, in the working tree, with the variables of {@link Arena}. It calls {@code open WORDS}
 * where it got out, and {@code skip WORDS} where the way cannot be tried here, such as when a
 * program is missing. A probe that does neither was held. Traces that the arena finds outside of
 * the sandbox count as an escape, whatever the probe says.
 *
 * @param name what the probe tries, in a few words that begin with a verb, such as {@code reads the
 *     avatar's configuration}
 * @param guarantee which guarantee says that it must fail
 */
public record EscapeCheck(Guarantee guarantee, String name, String probe) {
  /** The exit code of a probe that got out. */
  static final int OPEN = 90;

  /** The exit code of a probe that was held. */
  static final int HELD = 91;

  /** The exit code of a probe that could not try its way. */
  static final int SKIPPED = 92;

  /** The probe with the functions that it may call. */
  String script() {
    return "open() { printf '%s\\n' \"$*\"; exit "
        + OPEN
        + "; }\nskip() { printf '%s\\n' \"$*\"; exit "
        + SKIPPED
        + "; }\n"
        + probe
        + "\nexit "
        + HELD
        + "\n";
  }
}
