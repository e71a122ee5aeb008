package io.numa.avatar.metric;

import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.AttemptId;
import java.util.Optional;

/** Counts commands by how they ended. */
public final class MeasuredCommands implements CommandRunner {
  private final CommandRunner commands;
  private final Metrics metrics;

  public MeasuredCommands(CommandRunner commands, Metrics metrics) {
    this.commands = commands;
    this.metrics = metrics;
  }

  @Override
  public Readiness prepare(Command command) {
    return commands.prepare(command);
  }

  @Override
  public CommandResult run(Command command, OutputSink output) throws InterruptedException {
    try {
      CommandResult result = commands.run(command, output);
      count(how(result));
      return result;
    } catch (InterruptedException e) {
      count("interrupted");
      throw e;
    } catch (PortException e) {
      count("not_started");
      throw e;
    }
  }

  private void count(String how) {
    metrics.count(Metric.PROCESSES_ENDED, how);
  }

  private static String how(CommandResult result) {
    if (result instanceof CommandResult.Exited exited) {
      return exited.code() == 0 ? "succeeded" : "failed";
    }
    if (result instanceof CommandResult.TimedOut) {
      return "timed_out";
    }
    return result instanceof CommandResult.Stalled ? "stalled" : "over_limit";
  }

  @Override
  public void endLeftovers(AttemptId owner) throws InterruptedException {
    commands.endLeftovers(owner);
  }

  @Override
  public Optional<String> containment() {
    return commands.containment();
  }
}
