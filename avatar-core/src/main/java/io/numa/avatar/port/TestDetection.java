package io.numa.avatar.port;

import io.numa.avatar.plan.CommandLine;
import java.nio.file.Path;
import java.util.Optional;

/** Recognises from a project's files how its tests are run. Safe for use by several threads. */
@FunctionalInterface
public interface TestDetection {
  /** Recognises no tests. */
  TestDetection NONE = root -> Optional.empty();

  /** Gives the command that runs the tests of the project at {@code root}; empty if none shows. */
  Optional<CommandLine> detect(Path root);
}
