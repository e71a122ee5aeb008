package io.numa.avatar.port;

import io.numa.avatar.plan.CommandLine;
import java.util.Optional;

/**
 * The result of a test detection.
 *
 * @param command runs the tests; empty if none were found
 * @param reason what the command was chosen for, such as {@code because of pom.xml}; without a
 *     command, what was looked for
 */
public record DetectedTests(Optional<CommandLine> command, String reason) {
  public static DetectedTests found(CommandLine command, String reason) {
    return new DetectedTests(Optional.of(command), reason);
  }

  public static DetectedTests none(String reason) {
    return new DetectedTests(Optional.empty(), reason);
  }

  /** The result for people, in one line. */
  public String sentence() {
    return command
        .map(found -> "Tests: `" + found.display() + "`, " + reason)
        .orElse("No tests found: " + reason + "; set test.command");
  }
}
