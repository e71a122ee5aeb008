package io.numa.avatar.process;

import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.port.sandbox.SandboxSite;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.RepositoryUrl;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Gives commands and processes a site: their own folder is the tree. */
final class Sited {
  private static final RepositoryUrl REPOSITORY = RepositoryUrl.parse("https://git.test/a/b");

  private Sited() {}

  static CommandRunner commands(CommandRunner runner) {
    return new CommandRunner() {
      @Override
      public CommandResult run(Command command, OutputSink output) throws InterruptedException {
        return runner.run(held(command), output);
      }

      @Override
      public Readiness prepare(Command command) {
        return runner.prepare(held(command));
      }

      @Override
      public void endLeftovers(AttemptId owner) throws InterruptedException {
        runner.endLeftovers(owner);
      }
    };
  }

  private static Command held(Command command) {
    return new Command(
        command.line(),
        command.directory(),
        command.environment(),
        command.timeout(),
        command.stall(),
        command.owner(),
        Optional.of(site(WorkKind.RUN, command.directory())));
  }

  static Processes processes(Processes processes) {
    return new Processes() {
      @Override
      public RunningProcess start(
          ProcessRequest request,
          CommandRunner.OutputSink output,
          CommandRunner.OutputSink errors) {
        return processes.start(
            new ProcessRequest(
                request.line(),
                request.directory(),
                request.environment(),
                request.hidden(),
                request.owner(),
                Optional.of(site(WorkKind.AGENT, request.directory()))),
            output,
            errors);
      }

      @Override
      public boolean canHide() {
        return processes.canHide();
      }
    };
  }

  static SandboxSite site(WorkKind kind, Path tree) {
    return new SandboxSite(kind, REPOSITORY, tree, Set.of());
  }
}
