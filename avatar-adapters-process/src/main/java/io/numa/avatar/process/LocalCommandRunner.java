package io.numa.avatar.process;

import static io.numa.avatar.task.FailureKind.COMMAND_FAILED;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandResult.Exited;
import io.numa.avatar.port.CommandResult.Stalled;
import io.numa.avatar.port.CommandResult.TimedOut;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.time.TimeSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Runs commands as processes of this machine, with the rights of whoever runs the avatar.
 *
 * <p>A command is in a session of its own, without a terminal, so that a Ctrl-C meant for the
 * avatar does not reach it. It sees of the avatar's environment what {@link ProcessSettings}
 * allows, and {@code CI=true} unless that is set. What it left running when it ended is asked to
 * end, and killed a moment later.
 *
 * <p>Where {@code setpriv} or bubblewrap is installed, Linux kills a command as soon as this JVM
 * has ended, however that came; in a PID namespace, with all that it started. What is left without
 * a namespace is found by {@link #endLeftovers} of a later life, by the mark in its environment.
 */
public final class LocalCommandRunner implements CommandRunner {
  /** How long a command that has ended may keep its output open, through what it left running. */
  private static final Duration LAST_OUTPUT = Duration.ofMillis(400);

  /** How long what a command left running has to end by itself. */
  private static final Duration LEFTOVER_GRACE = Duration.ofMillis(200);

  private final ProcessSettings settings;
  private final ChildEnvironment environment;
  private final Containment containment;
  private final AtomicInteger started = new AtomicInteger();

  /** Finds out once, in some ten milliseconds, what process control the system allows. */
  public LocalCommandRunner(ProcessSettings settings) {
    this(settings, Containment.TOOL_FOLDERS);
  }

  /**
   * @param tools the folders where the programs are that give control of processes
   */
  LocalCommandRunner(ProcessSettings settings, List<Path> tools) {
    this.settings = settings;
    this.environment = new ChildEnvironment(settings);
    this.containment = Containment.strongest(settings.strongest(), tools);
  }

  /** The level of process control in force, for whoever wants to know how sure it is. */
  public ProcessControl control() {
    return containment.control();
  }

  @Override
  public Optional<String> containment() {
    return Optional.of(control().word());
  }

  @Override
  public CommandResult run(Command command, OutputSink output) throws InterruptedException {
    var cookie = Cookie.of(command.owner());
    var pump = new OutputPump(process(command, cookie), output);
    var tree = new ProcessTree(containment.control(), cookie, start(command, pump));
    Duration grace = settings.grace();
    CommandResult result;
    try {
      result = awaitEnd(command, tree, pump);
      if (result instanceof Exited) {
        grace = LEFTOVER_GRACE;
        pump.awaitEnd(LAST_OUTPUT);
      }
    } finally {
      tree.end(grace);
      pump.finish(LAST_OUTPUT);
    }
    pump.throwSinkFailure();
    return result;
  }

  /**
   * Ends what bears the attempt's mark, of a JVM that was killed too, in two steps as a command
   * that outlasts its time. Does nothing where there is no {@code /proc}. Processes of other users
   * are found by root only.
   */
  @Override
  public void endLeftovers(AttemptId owner) throws InterruptedException {
    if (!ProcFs.available()) {
      return;
    }
    var ending =
        new Ending(
            new Marked(Cookie.mark(owner)),
            process -> !ProcFs.keepsNamespace(process),
            Ending.CLEAN_LOOKS);
    ending.ask(settings.grace());
    if (ending.kill()) {
      throw new InterruptedException();
    }
  }

  private static CommandResult awaitEnd(Command command, ProcessTree tree, OutputPump pump)
      throws InterruptedException {
    long start = TimeSource.SYSTEM.nanoTime();
    var deadline = Deadline.in(command.timeout());
    while (true) {
      Duration left = deadline.left();
      if (left.isZero()) {
        return new TimedOut(command.timeout());
      }
      Duration patience =
          command.stall().map(stall -> stall.minus(pump.silence())).filter(less(left)).orElse(left);
      if (patience.isNegative() || patience.isZero()) {
        return new Stalled(command.stall().orElseThrow());
      }
      if (tree.awaitExit(patience)) {
        return new Exited(tree.exitCode(), TimeSource.SYSTEM.since(start));
      }
    }
  }

  private static Predicate<Duration> less(Duration limit) {
    return duration -> duration.compareTo(limit) < 0;
  }

  private Process start(Command command, OutputPump pump) {
    try {
      return pump.start("avatar-output-" + started.incrementAndGet());
    } catch (IOException e) {
      throw ProcessFailures.translate(words(command.line()).get(0), e);
    }
  }

  private ProcessBuilder process(Command command, Cookie cookie) {
    Path directory = command.directory();
    List<String> words = words(command.line());
    if (!Files.isDirectory(directory)) {
      throw new PortException(
          COMMAND_FAILED,
          "could not run '" + words.get(0) + "': there is no folder '" + directory + "'");
    }
    Map<String, String> variables = environment.with(command.environment(), cookie);
    NativeText.require(words, variables);
    Path program = ProgramFinder.find(words.get(0), directory, variables.getOrDefault("PATH", ""));
    var argv = new ArrayList<>(words);
    argv.set(0, program.toString());
    var builder = new ProcessBuilder(containment.wrap(argv)).directory(directory.toFile());
    builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder;
  }

  private static List<String> words(CommandLine line) {
    return line instanceof Argv argv ? argv.words() : List.of("/bin/sh", "-c", line.display());
  }
}
