package io.numa.avatar.port;

import io.numa.avatar.plan.WorkspacePath;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds out from a project's files which command runs its tests. Safe for use by several threads.
 */
@FunctionalInterface
public interface TestDetection {
  /** Finds no tests. */
  TestDetection NONE = (root, changed) -> DetectedTests.none("this avatar does not detect tests");

  /**
   * Looks for the tests of the project at {@code root}.
   *
   * @param changed the paths that differ from the base commit; of several projects in a repository
   *     they tell which to test
   */
  DetectedTests detect(Path root, List<WorkspacePath> changed);
}
