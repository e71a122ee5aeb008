package io.numa.avatar.process;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.testkit.contract.CommandRunnerContract;
import java.time.Duration;
import java.util.List;

/** The contract of commands, in a sandbox. */
abstract class SandboxedCommands extends CommandRunnerContract {

  static CommandRunner runner(LocalSandboxes sandboxes) {
    return Sited.commands(
        new LocalCommandRunner(
            ProcessSettings.defaults(System.getenv()).withGrace(Duration.ofMillis(300)),
            sandboxes));
  }

  @Override
  protected CommandLine printing(String text, int code) {
    return new Argv(List.of("sh", "-c", "printf %s \"$1\"; exit " + code, "sh", text));
  }

  @Override
  protected CommandLine lasting(String text) {
    return new Shell("printf %s '" + text + "'; sleep 300");
  }

  @Override
  protected CommandLine missing() {
    return new Argv(List.of("no-such-program-anywhere", "--version"));
  }
}
