package io.numa.avatar.process;

import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same contract in a sandbox of the profile {@code process}. */
class SandboxedCommandsByLimitsTest extends SandboxedCommands {
  @TempDir static Path folder;
  private static CommandRunner weak;

  @BeforeAll
  static void open() {
    weak = runner(TestSandboxes.best(folder, SandboxProfile.PROCESS));
  }

  @Override
  protected CommandRunner runner() {
    return weak;
  }
}
