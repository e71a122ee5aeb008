package io.numa.avatar.cli.sandbox;

import java.util.Locale;

/**
 * What came of an escape check.
 *
 * @param promised whether the sandbox promises that the check is held
 * @param detail what the probe or its traces say; empty if there is nothing to say
 */
public record Finding(EscapeCheck check, Result result, boolean promised, String detail) {
  /** The result of a check. */
  public enum Result {
    /** The sandbox held. */
    HELD,
    /** The probe got out. */
    OPEN,
    /** This way out does not exist here. */
    NOT_APPLICABLE,
    /** The probe did not come to its end, so nothing is known. */
    UNKNOWN;

    /** The result as people read it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Whether the sandbox may not hold what it promises. */
  public boolean isBroken() {
    return promised && (result == Result.OPEN || result == Result.UNKNOWN);
  }
}
