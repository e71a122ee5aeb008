package io.numa.avatar.testkit;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.DetectedTests;
import io.numa.avatar.port.TestDetection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Detects test commands by the name of one file.
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
        .map(entry -> DetectedTests.found(entry.getValue(), "because of " + entry.getKey()))
        .findFirst()
        .orElseGet(
            () ->
                DetectedTests.none(
                    "looked for " + String.join(", ", new TreeSet<>(commands.keySet()))));
  }
}
