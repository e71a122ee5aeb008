package io.numa.avatar.testkit;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.TestDetection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

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
  public Optional<CommandLine> detect(Path root) {
    return commands.entrySet().stream()
        .filter(entry -> Files.isRegularFile(root.resolve(entry.getKey())))
        .<CommandLine>map(Map.Entry::getValue)
        .findFirst();
  }
}
