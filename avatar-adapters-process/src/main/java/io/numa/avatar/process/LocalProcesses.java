package io.numa.avatar.process;

import io.numa.avatar.port.CommandRunner.OutputSink;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.time.Lazily;
import java.util.Optional;

/** Starts processes of this machine, with the rights of the avatar. */
final class LocalProcesses implements Processes {
  private final ProcessStarter starter;
  private final Lazily<Optional<Hiding>> hiding;

  LocalProcesses(ProcessStarter starter) {
    this.starter = starter;
    this.hiding = new Lazily<>(starter::findHiding);
  }

  @Override
  public RunningProcess start(ProcessRequest request, OutputSink output, OutputSink errors) {
    return starter.start(request, Pipes.twoWay(output, errors), hiding);
  }

  @Override
  public boolean canHide() {
    return hiding.get().isPresent();
  }
}
