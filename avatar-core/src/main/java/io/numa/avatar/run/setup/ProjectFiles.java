package io.numa.avatar.run.setup;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.port.ProjectSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the {@code .numa.yaml} of projects. */
public final class ProjectFiles {
  private static final long LARGEST = 1 << 20;

  private ProjectFiles() {}

  /**
   * Reads the file at a project's root. A link and a file of more than 1 MiB count as missing.
   *
   * @throws io.numa.avatar.port.PortException of kind {@code INVALID_PLAN} if it is not valid
   */
  public static ProjectFile read(Path root, ProjectSettings settings) throws IOException {
    Path file = root.resolve(ProjectFile.NAME);
    return Files.isRegularFile(file, NOFOLLOW_LINKS) && Files.size(file) <= LARGEST
        ? settings.read(Files.readAllBytes(file))
        : ProjectFile.EMPTY;
  }
}
