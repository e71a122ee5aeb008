package io.numa.avatar.run.test;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.TestDetection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Chooses the command that tests a task's project.
 *
 * @param given the command from the plan, the task or the application; it has priority over the
 *     project's own settings
 */
public record TestChoice(
    Optional<TestCommand> given, ProjectSettings settings, TestDetection detection) {
  private static final String SETTINGS = ".numa.yaml";
  private static final long SETTINGS_LIMIT = 1 << 20;

  /**
   * Chooses for the project at {@code root}; empty if no command is given, configured or detected.
   */
  public Optional<TestCommand> in(Path root) throws IOException {
    Optional<TestCommand> said = given.isPresent() ? given : fromSettings(root.resolve(SETTINGS));
    return said.or(() -> detection.detect(root).map(TestCommand.Run::new));
  }

  private Optional<TestCommand> fromSettings(Path file) throws IOException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS) || Files.size(file) > SETTINGS_LIMIT) {
      return Optional.empty();
    }
    return settings.testCommand(Files.readAllBytes(file));
  }
}
