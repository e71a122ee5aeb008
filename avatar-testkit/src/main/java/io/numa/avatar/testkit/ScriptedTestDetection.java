package io.numa.avatar.testkit;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.DetectedTests;
import io.numa.avatar.port.TestDetection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Detects test commands by the name of one file. Its text is the script that the command runs.
 *
 * @param commands the command that runs the tests, by the name of the file at the project's root
 */
public record ScriptedTestDetection(Map<String, CommandLine> commands) implements TestDetection {
  public ScriptedTestDetection {
    commands = Map.copyOf(commands);
  }

  @Override
  public DetectedTests detect(Path root, List<WorkspacePath> changed) {
    return commands.entrySet().stream()
        .filter(entry -> Files.isRegularFile(root.resolve(entry.getKey())))
        .map(entry -> found(root, entry.getKey(), entry.getValue()))
        .findFirst()
        .orElseGet(
            () ->
                DetectedTests.none(
                    "looked for " + String.join(", ", new TreeSet<>(commands.keySet()))));
  }

  private static DetectedTests found(Path root, String file, CommandLine command) {
    try {
      return DetectedTests.found(command, "because of " + file)
          .withScripts(Map.of(file, Files.readAllLines(root.resolve(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
