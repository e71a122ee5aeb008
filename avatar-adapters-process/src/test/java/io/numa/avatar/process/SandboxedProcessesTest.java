package io.numa.avatar.process;

import io.numa.avatar.port.process.Processes;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.testkit.contract.SuspensionContract;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of processes, in the strongest sandbox that this machine has. */
class SandboxedProcessesTest extends SuspensionContract {
  @TempDir static Path state;
  private static Processes processes;

  @BeforeAll
  static void open() {
    processes =
        Sited.processes(
            new LocalCommandRunner(
                    ProcessSettings.defaults(System.getenv()),
                    TestSandboxes.best(state, SandboxProfile.OFFLINE))
                .processes());
  }

  @Override
  protected Processes processes() {
    return processes;
  }
}
