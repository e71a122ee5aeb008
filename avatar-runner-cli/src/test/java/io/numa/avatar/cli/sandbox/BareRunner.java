package io.numa.avatar.cli.sandbox;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.time.Duration;

/** Runs commands without any sandbox, and leaves what they started running. */
final class BareRunner implements CommandRunner {
  @Override
  public CommandResult run(Command command, OutputSink output) throws InterruptedException {
    String script = ((CommandLine.Shell) command.line()).line();
    var builder =
        new ProcessBuilder("sh", "-c", script)
            .directory(command.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(command.environment());
    try {
      Process process = builder.start();
      byte[] printed = process.getInputStream().readAllBytes();
      output.write(printed, 0, printed.length);
      return new CommandResult.Exited(process.waitFor(), Duration.ZERO);
    } catch (IOException e) {
      throw new PortException(FailureKind.COMMAND_FAILED, e.toString(), e);
    }
  }
}
