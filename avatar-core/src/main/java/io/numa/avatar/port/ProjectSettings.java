package io.numa.avatar.port;

import io.numa.avatar.plan.TestCommand;
import java.util.Optional;

/** Reads the file {@code .numa.yaml} that a project may have at its root. */
@FunctionalInterface
public interface ProjectSettings {
  /** Ignores the file. */
  ProjectSettings NONE = content -> Optional.empty();

  /**
   * Gives {@code test.command}; empty if the file does not have it.
   *
   * @throws PortException of kind {@code INVALID_PLAN} if the file is not valid
   */
  Optional<TestCommand> testCommand(byte[] content);
}
