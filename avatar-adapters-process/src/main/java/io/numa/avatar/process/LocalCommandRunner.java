package io.numa.avatar.process;

import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandResult.Exited;
import io.numa.avatar.port.CommandResult.OverLimit;
import io.numa.avatar.port.CommandResult.Stalled;
import io.numa.avatar.port.CommandResult.TimedOut;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.port.process.Processes;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.time.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Runs commands as processes of this machine, with the rights of the avatar.
 *
 * <p>A command runs in a separate session without a terminal, so that a Ctrl-C meant for the avatar
 * does not reach it. Its environment has the variables of the avatar that {@link ProcessSettings}
 * allows, and {@code CI=true} unless that variable is set. When it ends, the runner asks the
 * processes that it left running to end, and kills them a moment later.
 *
 * <p>Where {@code setpriv} or bubblewrap is installed, Linux kills a command as soon as this JVM
 * has ended for any reason; in a PID namespace, with all that the command started. Without a
 * namespace, {@link #endLeftovers} of the next process finds the remaining processes by the mark in
 * their environment.
 */
public final class LocalCommandRunner implements CommandRunner {
  /** How long processes that a command left running have to end by themselves. */
  private static final Duration LEFTOVER_GRACE = Duration.ofMillis(200);

  private final ProcessSettings settings;
  private final ProcessStarter starter;
  private final CommandsAhead ahead;

  public LocalCommandRunner(ProcessSettings settings) {
    this(settings, Containment.TOOL_FOLDERS);
  }

  /**
   * @param sandboxes hold the commands and processes that have a site
   */
  public LocalCommandRunner(ProcessSettings settings, LocalSandboxes sandboxes) {
    this(settings, Containment.TOOL_FOLDERS, Optional.of(sandboxes));
  }

  /**
   * @param tools the folders where the programs are that give control of processes
   */
  LocalCommandRunner(ProcessSettings settings, List<Path> tools) {
    this(settings, tools, Optional.empty());
  }

  private LocalCommandRunner(
      ProcessSettings settings, List<Path> tools, Optional<LocalSandboxes> sandboxes) {
    this.settings = settings;
    this.starter = new ProcessStarter(settings, tools, sandboxes);
    this.ahead = new CommandsAhead(starter);
  }

  /**
   * The level of process control in force; the first call finds it out, in some ten milliseconds.
   */
  public ProcessControl control() {
    return starter.control();
  }

  /**
   * Starts processes that read and write while they run, in the same way as commands: they get the
   * same variables, and {@link #endLeftovers} finds them, too.
   */
  public Processes processes() {
    return new LocalProcesses(starter);
  }

  @Override
  public Optional<String> containment() {
    return Optional.of(control().word());
  }

  /** Makes its sandbox, if that can be done before it starts. */
  @Override
  public Readiness prepare(Command command) {
    return ahead.prepare(request(command));
  }

  @Override
  public CommandResult run(Command command, OutputSink output) throws InterruptedException {
    long start = TimeSource.SYSTEM.nanoTime();
    ProcessRequest request = request(command);
    ContainedProcess process =
        ahead.begin(request, output).orElseGet(() -> starter.start(request, Pipes.merged(output)));
    Duration grace = settings.grace();
    CommandResult result;
    try {
      result = awaitEnd(command, process, start);
      if (result instanceof Exited) {
        grace = LEFTOVER_GRACE;
        process.awaitOutput();
      }
    } finally {
      process.end(grace);
    }
    process.throwSinkFailure();
    return result;
  }

  /**
   * Ends the processes with the attempt's mark, also those that a previous avatar process started:
   * asks them to end, then kills them. Does nothing on systems without {@code /proc}. Only root
   * finds the processes of other users.
   */
  @Override
  public void endLeftovers(AttemptId owner) throws InterruptedException {
    if (!ProcFs.available()) {
      return;
    }
    var ending =
        new ProcessKiller(
            new TaggedProcesses(ProcessTag.mark(owner)),
            process -> !ProcFs.keepsNamespace(process),
            ProcessKiller.CLEAN_LOOKS);
    ending.ask(settings.grace());
    if (ending.kill()) {
      throw new InterruptedException();
    }
  }

  private static ProcessRequest request(Command command) {
    return new ProcessRequest(
        command.line(),
        command.directory(),
        command.environment(),
        Set.of(),
        command.owner(),
        command.site());
  }

  private static CommandResult awaitEnd(Command command, ContainedProcess process, long start)
      throws InterruptedException {
    var deadline = Deadline.in(command.timeout());
    while (true) {
      Duration left = deadline.left();
      if (left.isZero()) {
        return new TimedOut(command.timeout());
      }
      Duration patience =
          command
              .stall()
              .map(stall -> stall.minus(process.silence()))
              .filter(less(left))
              .orElse(left);
      if (patience.isNegative() || patience.isZero()) {
        return new Stalled(command.stall().orElseThrow());
      }
      if (process.awaitExit(patience)) {
        return process
            .excess()
            .<CommandResult>map(OverLimit::new)
            .orElseGet(() -> new Exited(process.exitCode(), TimeSource.SYSTEM.since(start)));
      }
    }
  }

  private static Predicate<Duration> less(Duration limit) {
    return duration -> duration.compareTo(limit) < 0;
  }
}
