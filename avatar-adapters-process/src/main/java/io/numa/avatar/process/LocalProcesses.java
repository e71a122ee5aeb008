package io.numa.avatar.process;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import java.util.Optional;

/** Starts processes of this machine, with the rights of the avatar. */
final class LocalProcesses implements Processes {
  private final ProcessStarter starter;
  private final Optional<Hiding> hiding;

  /** Finds out once, in some ten milliseconds, whether the system can hide paths. */
  LocalProcesses(ProcessStarter starter) {
    this.starter = starter;
    this.hiding = starter.findHiding();
  }

  @Override
  public RunningProcess start(ProcessRequest request, OutputSink output, OutputSink errors) {
    return starter.start(request, Pipes.twoWay(output, errors), hiding);
  }

  @Override
  public boolean canHide() {
    return hiding.isPresent();
  }
}
