package io.numa.avatar.process;

import io.numa.avatar.port.process.Processes;
import io.numa.avatar.testkit.contract.ProcessesContract;

class LocalProcessesTest extends ProcessesContract {
  private final Processes processes =
      new LocalCommandRunner(ProcessSettings.defaults(System.getenv())).processes();

  @Override
  protected Processes processes() {
    return processes;
  }
}
