package io.numa.avatar.process;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.plan.CommandLine.Shell;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.process.sandbox.TestSandboxes;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.testkit.contract.CommandRunnerContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of commands, in the strongest sandbox that this machine has. */
class SandboxedCommandsTest extends CommandRunnerContract {
  @TempDir static Path state;
  private static CommandRunner runner;

  @BeforeAll
  static void open() {
    runner =
        Sited.commands(
            new LocalCommandRunner(
                ProcessSettings.defaults(System.getenv()).withGrace(Duration.ofMillis(300)),
                TestSandboxes.best(state, SandboxProfile.OFFLINE)));
  }

  @Override
  protected CommandRunner runner() {
    return runner;
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
