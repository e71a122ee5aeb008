package io.numa.avatar.port;

import io.numa.avatar.plan.CommandLine;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds out from a project's files which command runs its tests. Safe for use by several threads.
 */
@FunctionalInterface
public interface TestDetection {
  /** Finds no tests. */
  TestDetection NONE = root -> Optional.empty();

  /**
   * Gives the command that runs the tests of the project at {@code root}; empty if it finds none.
   */
  Optional<CommandLine> detect(Path root);
}
