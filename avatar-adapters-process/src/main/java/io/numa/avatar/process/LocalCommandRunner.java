package io.numa.avatar.process;

import static io.numa.avatar.task.FailureKind.COMMAND_FAILED;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.PortException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs commands as processes of this machine, with the rights of whoever runs the avatar.
 *
 * <p>A command is in a session of its own, without a terminal, so that a Ctrl-C meant for the
 * avatar does not reach it. It sees of the avatar's environment what {@link ProcessSettings}
 * allows, and {@code CI=true} unless that is set. What it left running when it ended is asked to
 * end, and killed a moment later.
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
    this.settings = settings;
    this.environment = new ChildEnvironment(settings);
    this.containment = Containment.strongest(settings.strongest());
  }

  /** The level of process control in force, for whoever wants to know how sure it is. */
  public ProcessControl control() {
    return containment.control();
  }

  @Override
  public CommandResult run(Command command, OutputSink output) throws InterruptedException {
    long start = System.nanoTime();
    ProcessTree tree = start(command);
    var pump = new OutputPump(tree.output(), output, tree::kill);
    pump.start("avatar-output-" + started.incrementAndGet());
    CommandResult result = new CommandResult.TimedOut(command.timeout());
    Duration grace = settings.grace();
    try {
      if (tree.awaitExit(command.timeout())) {
        var duration = Duration.ofNanos(System.nanoTime() - start);
        result = new CommandResult.Exited(tree.exitCode(), duration);
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

  private ProcessTree start(Command command) {
    Path directory = command.directory();
    List<String> words = words(command.line());
    if (!Files.isDirectory(directory)) {
      throw new PortException(
          COMMAND_FAILED,
          "could not run '" + words.get(0) + "': there is no folder '" + directory + "'");
    }
    var cookie = UUID.randomUUID().toString();
    Map<String, String> variables = environment.with(command.environment(), cookie);
    NativeText.require(words, variables);
    Path program = ProgramFinder.find(words.get(0), directory, variables.getOrDefault("PATH", ""));
    var argv = new ArrayList<>(words);
    argv.set(0, program.toString());
    var builder = new ProcessBuilder(containment.wrap(argv)).directory(directory.toFile());
    builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(variables);
    try {
      return new ProcessTree(containment.control(), cookie, builder.start());
    } catch (IOException e) {
      throw ProcessFailures.translate(words.get(0), e);
    }
  }

  private static List<String> words(CommandLine line) {
    return line instanceof Argv argv ? argv.words() : List.of("/bin/sh", "-c", line.display());
  }
}
