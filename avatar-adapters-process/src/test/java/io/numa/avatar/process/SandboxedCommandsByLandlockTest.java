package io.numa.avatar.process;

import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same contract in a sandbox by Landlock, as where nothing can make namespaces. */
class SandboxedCommandsByLandlockTest extends SandboxedCommands {
  @TempDir static Path folder;
  private static CommandRunner weak;

  @BeforeAll
  static void open() {
    weak = runner(TestSandboxes.with(folder, SandboxProfile.ISOLATED, true));
  }

  @Override
  protected CommandRunner runner() {
    return weak;
  }
}
