package io.numa.avatar.run.test;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.DetectedTests;
import java.util.Optional;

/**
 * The tests chosen for a tree.
 *
 * @param command empty if there are no tests, or if none are to run
 * @param sentence which tests they are and why, in one line for people
 */
public record ChosenTests(Optional<CommandLine> command, String sentence) {
  static ChosenTests told(TestCommand told, String by) {
    return told instanceof TestCommand.Run run
        ? of(DetectedTests.found(run.command(), "as " + by + " says"))
        : new ChosenTests(Optional.empty(), "no tests, as asked");
  }

  static ChosenTests of(DetectedTests detected) {
    return new ChosenTests(detected.command(), detected.sentence());
  }
}
