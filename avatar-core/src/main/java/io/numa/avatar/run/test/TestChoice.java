package io.numa.avatar.run.test;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.TestDetection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the command that tests a task's project.
 *
 * @param given the command from the plan, the task or the application; it has priority over the
 *     project's own settings
 * @param changed the paths that the task has changed
 */
public record TestChoice(
    Optional<TestCommand> given,
    ProjectSettings settings,
    TestDetection detection,
    List<WorkspacePath> changed) {
  private static final String SETTINGS = ".numa.yaml";
  private static final long SETTINGS_LIMIT = 1 << 20;

  public TestChoice {
    changed = List.copyOf(changed);
  }

  /** Chooses for the project at {@code root}. */
  public ChosenTests in(Path root) throws IOException {
    if (given.isPresent()) {
      return ChosenTests.told(given.get(), "the task");
    }
    return fromSettings(root.resolve(SETTINGS))
        .map(said -> ChosenTests.told(said, SETTINGS))
        .orElseGet(() -> ChosenTests.of(detection.detect(root, changed)));
  }

  private Optional<TestCommand> fromSettings(Path file) throws IOException {
    if (!Files.isRegularFile(file, NOFOLLOW_LINKS) || Files.size(file) > SETTINGS_LIMIT) {
      return Optional.empty();
    }
    return settings.read(Files.readAllBytes(file)).test();
  }
}
