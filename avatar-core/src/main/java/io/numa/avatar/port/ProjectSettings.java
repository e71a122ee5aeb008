package io.numa.avatar.port;

import io.numa.avatar.plan.ProjectFile;

/** Reads the file {@code .numa.yaml} that a project may have at its root. */
@FunctionalInterface
public interface ProjectSettings {
  /** Ignores the file. */
  ProjectSettings NONE = content -> ProjectFile.EMPTY;

  /**
   * Reads the file.
   *
   * @throws PortException of kind {@code INVALID_PLAN} if the file is not valid
   */
  ProjectFile read(byte[] content);
}
