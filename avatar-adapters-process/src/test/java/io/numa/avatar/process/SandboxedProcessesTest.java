package io.numa.avatar.process;

import io.numa.avatar.port.process.Processes;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract in the strongest sandbox that this machine has. */
class SandboxedProcessesTest extends SandboxedProcesses {
  @TempDir static Path folder;
  private static Processes held;

  @BeforeAll
  static void open() {
    held = processes(TestSandboxes.best(folder, SandboxProfile.OFFLINE));
  }

  @Override
  protected Processes processes() {
    return held;
  }
}
