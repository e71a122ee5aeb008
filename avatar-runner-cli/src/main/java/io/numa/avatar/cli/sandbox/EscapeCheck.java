package io.numa.avatar.cli.sandbox;

import io.numa.avatar.process.sandbox.Guarantee;

/**
 * One way to leave a sandbox.
 *
 * <p>The probe is a script for {@code sh} that needs the POSIX tools; where it needs more, it looks
 * for that first. It runs inside, in the working tree, with the variables of {@link Arena} and the
 * functions of {@link ProbeFunctions}. It calls {@code open WORDS} where it got out, and {@code
 * skip WORDS} where the way cannot be tried here, such as when a program is missing. A probe that
 * does neither was held. Traces that the arena finds outside of the sandbox count as an escape,
 * even if the probe was held. A probe must harm nothing where it gets out.
 *
 * @param guarantee which guarantee says that it must fail
 * @param name what the probe tries, in a few words that begin with a verb, such as {@code reads the
 *     avatar's configuration}
 * @param heldAnyway why some machines or users may hold the probe without any sandbox; empty if
 *     none does
 */
public record EscapeCheck(Guarantee guarantee, String name, String probe, String heldAnyway) {
  /** Why a probe is held for a user other than root. */
  static final String ONLY_ROOT = "only root may do it";

  /** The exit code of a probe that got out. */
  static final int OPEN = 90;

  /** The exit code of a probe that was held. */
  static final int HELD = 91;

  /** The exit code of a probe that could not try its way. */
  static final int SKIPPED = 92;

  /** A way that is open everywhere without a sandbox. */
  public EscapeCheck(Guarantee guarantee, String name, String probe) {
    this(guarantee, name, probe, "");
  }

  /** The probe with the functions that it may call. */
  String script() {
    return ProbeFunctions.TEXT + probe + "\nexit " + HELD + "\n";
  }
}
