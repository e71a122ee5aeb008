package io.numa.avatar.process;

import static io.numa.avatar.task.FailureKind.SANDBOX_UNAVAILABLE;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.CommandLine.Argv;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.process.ProcessRequest;
import io.numa.avatar.process.ContainedProcess.Launch;
import io.numa.avatar.process.sandbox.LocalSandboxes;
import io.numa.avatar.process.sandbox.SandboxRequest;
import io.numa.avatar.process.sandbox.Sandboxed;
import io.numa.avatar.process.sandbox.watch.SizeWatch;
import io.numa.avatar.time.Lazily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Starts contained processes with the variables that {@link ProcessSettings} allow. */
final class ProcessStarter {
  private final ChildEnvironment environment;
  private final List<Path> tools;
  private final Lazily<Containment> containment;
  private final Optional<LocalSandboxes> sandboxes;
  private final AtomicInteger started = new AtomicInteger();

  /**
   * @param tools the folders where the programs are that give control of processes
   * @param sandboxes hold the processes that have a site
   */
  ProcessStarter(ProcessSettings settings, List<Path> tools, Optional<LocalSandboxes> sandboxes) {
    this.sandboxes = sandboxes;
    this.environment = new ChildEnvironment(settings);
    this.tools = tools;
    this.containment = new Lazily<>(() -> Containment.strongest(settings.strongest(), tools));
  }

  /**
   * The level of process control in force; the first call finds it out, in some ten milliseconds.
   */
  ProcessControl control() {
    return containment.get().control();
  }

  /** Finds a way to hide paths, in some ten milliseconds; empty if this system has none. */
  Optional<Hiding> findHiding() {
    return Hiding.working(containment.get(), tools);
  }

  /** Whether its process can wait in its sandbox before it starts its program. */
  boolean canWait(ProcessRequest request) {
    return request
        .site()
        .filter(site -> sandboxes.filter(held -> held.canWait(site)).isPresent())
        .isPresent();
  }

  /** Starts a process from which nothing is hidden; see the other method. */
  ContainedProcess start(ProcessRequest request, Pipes pipes) {
    return start(request, pipes, Optional::empty);
  }

  /**
   * Starts a process, which takes some milliseconds. An interruption stays pending.
   *
   * @param hiding how to hide paths; asked only if there are any to hide
   * @throws PortException of kind {@code COMMAND_FAILED} if it cannot be started; {@code DENIED} if
   *     paths cannot be hidden from it
   */
  ContainedProcess start(ProcessRequest request, Pipes pipes, Supplier<Optional<Hiding>> hiding) {
    var words = words(request.line());
    var tag = ProcessTag.of(request.owner());
    var hidden = HiddenPaths.of(request);
    ProcessBuilder builder = builder(request, words, tag);
    pipes.connect(builder);
    Optional<Sandboxed> sandboxed = sandboxed(request, builder.command(), hidden, tag, pipes);
    try {
      if (sandboxed.isEmpty()) {
        return startFree(new Launch(builder, () -> {}), hidden, hiding, tag, pipes);
      }
      var launch = launch(sandboxed.get(), builder, tag);
      ContainedProcess process =
          sandboxed.get().separate()
              ? startSeparate(launch, words.get(0), tag, pipes)
              : startFree(launch, hidden, hiding, tag, pipes);
      watch(request, process);
      return process;
    } catch (IOException e) {
      if (!hidden.isEmpty() && ProcessFailures.tooLong(e)) {
        throw Hiding.denied(words.get(0), "they are too many");
      }
      throw ProcessFailures.notStarted(words.get(0), e);
    }
  }

  private Optional<Sandboxed> sandboxed(
      ProcessRequest request,
      List<String> command,
      HiddenPaths hidden,
      ProcessTag tag,
      Pipes pipes) {
    return request
        .site()
        .flatMap(
            site ->
                sandboxes.flatMap(
                    held ->
                        held.hold(
                            new SandboxRequest(
                                site,
                                request.owner(),
                                request.directory(),
                                command,
                                environment.inherited(),
                                tag.addTo(request.environment()),
                                hidden.folders(),
                                hidden.files(),
                                pipes.waits()))));
  }

  private void watch(ProcessRequest request, ContainedProcess process) {
    request
        .site()
        .ifPresent(
            site ->
                sandboxes.ifPresent(
                    held -> held.watch(site, new SizeWatch.Ending(process.exit(), process::kill))));
  }

  private static Launch launch(Sandboxed sandboxed, ProcessBuilder builder, ProcessTag tag) {
    builder.command(sandboxed.words());
    builder.environment().clear();
    builder.environment().putAll(tag.addTo(sandboxed.variables()));
    return new Launch(builder, sandboxed.end());
  }

  private ContainedProcess startSeparate(Launch launch, String program, ProcessTag tag, Pipes pipes)
      throws IOException {
    Function<Process, ProcessTree> tree =
        process -> {
          awaitSandbox(process, program);
          return new ProcessTree(
              ProcessControl.PID_NAMESPACE, new TaggedProcesses(tag.mark()), process);
        };
    return ContainedProcess.start(launch, tree, pipes, nextThreadName());
  }

  private void awaitSandbox(Process process, String program) {
    FirstLine.await(process)
        .ifPresent(
            reason -> {
              sandboxes.ifPresent(LocalSandboxes::notStarted);
              throw new PortException(
                  SANDBOX_UNAVAILABLE,
                  "could not start the sandbox of '" + program + "': " + reason);
            });
  }

  private ContainedProcess startFree(
      Launch launch,
      HiddenPaths hidden,
      Supplier<Optional<Hiding>> hiding,
      ProcessTag tag,
      Pipes pipes)
      throws IOException {
    ProcessBuilder builder = launch.builder();
    String program = builder.command().get(0);
    builder.command(wrapped(builder.command(), hidden, hiding));
    Function<Process, ProcessTree> tree =
        process -> {
          if (!hidden.isEmpty()) {
            Hiding.await(process, program);
          }
          return new ProcessTree(control(), new TaggedProcesses(tag.mark()), process);
        };
    return ContainedProcess.start(launch, tree, pipes, nextThreadName());
  }

  private String nextThreadName() {
    return "avatar-output-" + started.incrementAndGet();
  }

  private static List<String> words(CommandLine line) {
    return line instanceof Argv argv ? argv.words() : List.of("/bin/sh", "-c", line.display());
  }

  private ProcessBuilder builder(ProcessRequest request, List<String> words, ProcessTag tag) {
    Path directory = request.directory();
    String program = words.get(0);
    if (!Files.isDirectory(directory)) {
      throw ProcessFailures.of(program, "there is no folder '" + directory + "'", null);
    }
    Map<String, String> variables = environment.with(request.environment(), tag);
    NativeText.require(words, variables);
    Path file = ProgramFinder.find(program, directory, variables.getOrDefault("PATH", ""));
    var argv = new ArrayList<>(words);
    argv.set(0, file.toString());
    var builder = new ProcessBuilder(argv).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    return builder;
  }

  private List<String> wrapped(
      List<String> command, HiddenPaths hidden, Supplier<Optional<Hiding>> hiding) {
    if (hidden.isEmpty()) {
      return containment.get().wrap(command);
    }
    return hiding
        .get()
        .orElseThrow(() -> Hiding.denied(command.get(0), "this system cannot hide any"))
        .wrap(hidden, containment.get(), command);
  }
}
