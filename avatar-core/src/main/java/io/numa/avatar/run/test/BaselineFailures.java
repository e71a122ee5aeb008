package io.numa.avatar.run.test;

import java.util.List;

/**
 * The failures of a base commit.
 *
 * @param failed whether the test command failed
 * @param names the names of all failed tests; a name occurs as often as a test of this name failed
 */
public record BaselineFailures(boolean failed, List<String> names) {
  public BaselineFailures {
    names = List.copyOf(names);
  }

  /**
   * Whether the command failed and no failed test has a name. The cause may be the network rather
   * than the project, so the result should not be cached.
   */
  boolean doubtful() {
    return failed && names.isEmpty();
  }
}
