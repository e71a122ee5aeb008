package io.numa.avatar.port;

import io.numa.avatar.plan.TestCommand;
import java.util.Optional;

/** Understands the file {@code .numa.yaml} that a project may keep at its root. */
@FunctionalInterface
public interface ProjectSettings {
  /** A project without such a file. */
  ProjectSettings NONE = content -> Optional.empty();

  /**
   * Gives {@code test.command}, where the file has it.
   *
   * @throws PortException of kind {@code INVALID_PLAN} if the file makes no sense
   */
  Optional<TestCommand> testCommand(byte[] content);
}
