package io.numa.avatar.process;

import static io.numa.avatar.task.FailureKind.COMMAND_FAILED;

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
   * Starts a process, which takes some milliseconds; an interruption is kept for later.
   *
   * @throws PortException of kind {@code COMMAND_FAILED} if it cannot be started
   */
  ContainedProcess start(ProcessSpec spec, Pipes pipes) {
    var cookie = ProcessTag.of(spec.owner());
    ProcessBuilder builder = builder(spec, cookie);
    pipes.connect(builder);
    var marked = new TaggedProcesses(cookie.mark());
    String threadName = "avatar-output-" + started.incrementAndGet();
    try {
      return ContainedProcess.start(
          builder, process -> new ProcessTree(control(), marked, process), pipes, threadName);
    } catch (IOException e) {
      throw ProcessFailures.translate(spec.program(), e);
    }
  }

  private ProcessBuilder builder(ProcessSpec spec, ProcessTag cookie) {
    Path directory = spec.directory();
    if (!Files.isDirectory(directory)) {
      throw new PortException(
          COMMAND_FAILED,
          "could not run '" + spec.program() + "': there is no folder '" + directory + "'");
    }
    Map<String, String> variables = environment.with(spec.environment(), cookie);
    NativeText.require(spec.words(), variables);
    Path program =
        ProgramFinder.find(spec.program(), directory, variables.getOrDefault("PATH", ""));
    var argv = new ArrayList<>(spec.words());
    argv.set(0, program.toString());
    var builder = new ProcessBuilder(containment.wrap(argv)).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder;
  }
}
