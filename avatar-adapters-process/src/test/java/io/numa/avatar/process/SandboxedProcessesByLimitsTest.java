package io.numa.avatar.process;

import io.numa.avatar.port.process.Processes;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The same contract in a sandbox of the profile {@code process}. */
class SandboxedProcessesByLimitsTest extends SandboxedProcesses {
  @TempDir static Path folder;
  private static Processes weak;

  @BeforeAll
  static void open() {
    weak = processes(TestSandboxes.best(folder, SandboxProfile.PROCESS));
  }

  @Override
  protected Processes processes() {
    return weak;
  }
}
