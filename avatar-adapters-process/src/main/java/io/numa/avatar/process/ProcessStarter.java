package io.numa.avatar.process;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.PortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Starts contained processes with the variables that {@link ProcessSettings} allow. */
final class ProcessStarter {
  private final ChildEnvironment environment;
  private final Containment containment;
  private final AtomicInteger started = new AtomicInteger();

  /**
   * Finds out once, in some ten milliseconds, what process control the system allows.
   *
   * @param tools the folders where the programs are that give control of processes
   */
  ProcessStarter(ProcessSettings settings, List<Path> tools) {
    this.environment = new ChildEnvironment(settings);
    this.containment = Containment.strongest(settings.strongest(), tools);
  }

  /** The level of process control in force. */
  ProcessControl control() {
    return containment.control();
  }

  /**
   * Starts a process, which takes some milliseconds. Ignores the command's time limits. An
   * interruption stays pending.
   *
   * @throws PortException of kind {@code COMMAND_FAILED} if it cannot be started
   */
  ContainedProcess start(Command command, Pipes pipes) {
    var words = words(command.line());
    var tag = ProcessTag.of(command.owner());
    ProcessBuilder builder = builder(command, words, tag);
    pipes.connect(builder);
    var tagged = new TaggedProcesses(tag.mark());
    String threadName = "avatar-output-" + started.incrementAndGet();
    try {
      return ContainedProcess.start(
          builder, process -> new ProcessTree(control(), tagged, process), pipes, threadName);
    } catch (IOException e) {
      throw ProcessFailures.notStarted(words.get(0), e);
    }
  }

  private static List<String> words(CommandLine line) {
    return line instanceof Argv argv ? argv.words() : List.of("/bin/sh", "-c", line.display());
  }

  private ProcessBuilder builder(Command command, List<String> words, ProcessTag tag) {
    Path directory = command.directory();
    String program = words.get(0);
    if (!Files.isDirectory(directory)) {
      throw ProcessFailures.of(program, "there is no folder '" + directory + "'", null);
    }
    Map<String, String> variables = environment.with(command.environment(), tag);
    NativeText.require(words, variables);
    Path file = ProgramFinder.find(program, directory, variables.getOrDefault("PATH", ""));
    var argv = new ArrayList<>(words);
    argv.set(0, file.toString());
    var builder = new ProcessBuilder(containment.wrap(argv)).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder;
  }
}
