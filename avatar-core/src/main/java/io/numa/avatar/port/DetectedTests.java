package io.numa.avatar.port;

import io.numa.avatar.plan.CommandLine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of a test detection.
 *
 * @param command runs the tests; empty if none were found
 * @param reason what the command was chosen for, such as {@code because of pom.xml}; without a
 *     command, what was looked for
 * @param scripts the texts of the project that define what the command runs, such as a script of
 *     {@code package.json}, by the paths of their files
 */
public record DetectedTests(
    Optional<CommandLine> command, String reason, Map<String, List<String>> scripts) {
  public DetectedTests {
    scripts = Map.copyOf(scripts);
  }

  public static DetectedTests found(CommandLine command, String reason) {
    return new DetectedTests(Optional.of(command), reason, Map.of());
  }

  public static DetectedTests none(String reason) {
    return new DetectedTests(Optional.empty(), reason, Map.of());
  }

  /** A copy with these scripts. */
  public DetectedTests withScripts(Map<String, List<String>> texts) {
    return new DetectedTests(command, reason, texts);
  }

  /** The result for people, in one line. */
  public String sentence() {
    return command
        .map(found -> "Tests: `" + found.display() + "`, " + reason)
        .orElse("No tests found: " + reason + "; set test.command");
  }
}
