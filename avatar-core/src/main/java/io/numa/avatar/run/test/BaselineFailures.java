package io.numa.avatar.run.test;

import java.util.List;

/**
 * The failures of a base commit.
 *
 * @param exitCode of the test command
 * @param names the names of all failed tests; a name occurs as often as a test of this name failed
 * @param tests how many tests there were
 * @param skipped how many of them were skipped
 */
public record BaselineFailures(int exitCode, List<String> names, int tests, int skipped) {
  public BaselineFailures {
    names = List.copyOf(names);
  }

  /** Failures of a run that skipped no test. */
  BaselineFailures(int exitCode, List<String> names, int tests) {
    this(exitCode, names, tests, 0);
  }

  boolean failed() {
    return exitCode != 0;
  }

  /**
   * Whether the command failed and no failed test has a name. The cause may be the network rather
   * than the project, so the result should not be cached.
   */
  boolean doubtful() {
    return failed() && names.isEmpty();
  }
}
