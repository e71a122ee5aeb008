package io.numa.avatar.run.test;

import java.util.List;

/**
 * What fails on a base commit.
 *
 * @param failed whether the test command did
 * @param names of all failed tests, those of the same name as often as they failed
 */
public record BaselineFailures(boolean failed, List<String> names) {
  public BaselineFailures {
    names = List.copyOf(names);
  }

  /**
   * Whether it failed without a name: that may as well have been the network as the project, and is
   * nothing to believe for long.
   */
  boolean doubtful() {
    return failed && names.isEmpty();
  }
}
