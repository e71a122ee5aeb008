package io.numa.avatar.process;

import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract in the strongest sandbox that this machine has. */
class SandboxedCommandsTest extends SandboxedCommands {
  @TempDir static Path folder;
  private static CommandRunner held;

  @BeforeAll
  static void open() {
    held = runner(TestSandboxes.best(folder, SandboxProfile.OFFLINE));
  }

  @Override
  protected CommandRunner runner() {
    return held;
  }
}
