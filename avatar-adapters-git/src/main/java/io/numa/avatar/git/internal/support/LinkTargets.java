package io.numa.avatar.git.internal.support;

import java.util.Optional;

/** The texts that a symbolic link can lead to. In Git, any blob may be a link's text. */
public final class LinkTargets {
  /** In bytes: PATH_MAX of Linux without the NUL at its end. */
  public static final int LONGEST = 4095;

  public static final String TOO_LONG = "leads to a text of more than " + LONGEST + " bytes";

  private LinkTargets() {}

  /** Why no link can lead to a text; empty if one can. */
  public static Optional<String> problem(byte[] target) {
    if (target.length == 0) {
      return Optional.of("leads to no name at all");
    }
    if (target.length > LONGEST) {
      return Optional.of(TOO_LONG);
    }
    for (byte one : target) {
      if (one == 0) {
        return Optional.of("leads to a name with a NUL character");
      }
    }
    return Optional.empty();
  }
}
