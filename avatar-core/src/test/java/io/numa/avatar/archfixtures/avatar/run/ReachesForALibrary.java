package io.numa.avatar.archfixtures.avatar.run;

import org.assertj.core.api.Assertions;

/** Breaks: the core keeps to the JDK. */
public final class ReachesForALibrary {
  static void reach() {
    Assertions.fail("never called");
  }
}
