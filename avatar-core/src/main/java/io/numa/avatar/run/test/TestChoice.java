package io.numa.avatar.run.test;

import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.DetectedTests;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.port.TestDetection;
import io.numa.avatar.run.setup.ProjectFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
  public TestChoice {
    changed = List.copyOf(changed);
  }

  /**
   * Chooses by the project's files alone.
   *
   * @return empty if the project has no tests, and does not say so either
   */
  public Optional<ChosenTests> ofFiles(Path root) throws IOException {
    Optional<TestCommand> said = ProjectFiles.read(root, settings).test();
    if (said.isPresent()) {
      return Optional.of(ChosenTests.told(said.get(), ProjectFile.NAME));
    }
    DetectedTests detected = detection.detect(root, changed);
    return detected.command().isPresent()
        ? Optional.of(ChosenTests.of(detected))
        : Optional.empty();
  }

  /**
   * The texts that define what the detected command runs, by the paths of their files, whichever
   * command is chosen: a given one often is the same.
   */
  public Map<String, List<String>> scripts(Path root) {
    return detection.detect(root, changed).scripts();
  }

  /** Chooses for the project at {@code root}. */
  public ChosenTests in(Path root) throws IOException {
    if (given.isPresent()) {
      return ChosenTests.told(given.get(), "the task");
    }
    return ProjectFiles.read(root, settings)
        .test()
        .map(said -> ChosenTests.told(said, ProjectFile.NAME))
        .orElseGet(() -> ChosenTests.of(detection.detect(root, changed)));
  }
}
