package io.numa.avatar.process;

import io.numa.avatar.port.process.Processes;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.testkit.contract.SuspensionContract;

/** The contract of processes, in a sandbox. */
abstract class SandboxedProcesses extends SuspensionContract {

  static Processes processes(LocalSandboxes sandboxes) {
    return Sited.processes(
        new LocalCommandRunner(ProcessSettings.defaults(System.getenv()), sandboxes).processes());
  }
}
