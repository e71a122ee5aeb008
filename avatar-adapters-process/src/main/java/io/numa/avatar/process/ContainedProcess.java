package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.numa.avatar.port.process.RunningProcess;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A process that can be ended with all processes that it started. Safe for use by several threads:
 * one may end it while another waits for it.
 *
 * <p>By its {@link Pipes}, the process runs without input, or the caller reads from it and writes
 * to it.
 */
final class ContainedProcess implements RunningProcess {
  /**
   * How long the output may stay open after the process ended, because a process that it left
   * running holds it.
   */
  private static final Duration LAST_OUTPUT = Duration.ofMillis(400);

  /**
   * How to start a process.
   *
   * @param end gives back what the process needs of the avatar; runs once, after its end
   */
  record Launch(ProcessBuilder builder, Runnable end) {}

  private final Process process;
  private final ProcessTree tree;
  private final OutputPump output;
  private final Optional<OutputPump> errors;

  /** The limit that it exceeded. */
  private volatile Optional<String> excess = Optional.empty();

  private ContainedProcess(Process process, ProcessTree tree, Pipes pipes) {
    this.process = process;
    this.tree = tree;
    Runnable kill = () -> process.toHandle().destroyForcibly();
    this.output = new OutputPump(process.getInputStream(), pipes.output(), kill);
    this.errors = pipes.errors().map(sink -> new OutputPump(process.getErrorStream(), sink, kill));
  }

  /**
   * Starts a process on a thread that lives as long as the process.
   *
   * <p>{@link Containment} asks Linux to kill a process when its parent dies. For Linux, the parent
   * is the thread that started the process; the caller's thread may belong to a pool and end
   * earlier.
   *
   * @param tree makes the process's tree once the process is fit to be used; may throw
   */
  static ContainedProcess start(
      Launch launch, Function<Process, ProcessTree> tree, Pipes pipes, String threadName)
      throws IOException {
    var started = new CompletableFuture<ContainedProcess>();
    startThread(
        threadName,
        () -> {
          try {
            keep(launch.builder(), tree, pipes, started);
          } finally {
            launch.end().run();
          }
        });
    ContainedProcess process = joined(started);
    process.errors.ifPresent(pump -> startThread(threadName + "-errors", pump));
    return process;
  }

  private static void keep(
      ProcessBuilder builder,
      Function<Process, ProcessTree> tree,
      Pipes pipes,
      CompletableFuture<ContainedProcess> started) {
    ContainedProcess contained;
    try {
      Process process = builder.start();
      contained = new ContainedProcess(process, tree.apply(process), pipes);
    } catch (IOException | RuntimeException | Error e) {
      started.completeExceptionally(e);
      return;
    }
    started.complete(contained);
    contained.output.run();
    contained.process.onExit().join();
  }

  private static ContainedProcess joined(CompletableFuture<ContainedProcess> started)
      throws IOException {
    try {
      return started.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void startThread(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public OutputStream input() {
    return process.getOutputStream();
  }

  @Override
  public boolean awaitExit(Duration limit) throws InterruptedException {
    return tree.awaitExit(limit);
  }

  @Override
  public int exitCode() {
    if (process.isAlive()) {
      throw new IllegalStateException("the process has not ended");
    }
    return process.exitValue();
  }

  @Override
  public Duration processorTime() {
    return tree.processorTime();
  }

  @Override
  public Suspension suspend() {
    tree.suspend();
    return tree::resume;
  }

  /** How long the process has printed nothing; zero while a sink handles output. */
  Duration silence() {
    return pumps().map(OutputPump::silence).min(Duration::compareTo).orElseThrow();
  }

  /** Lets a process start its program that has waited for that. */
  void begin() throws IOException {
    pumps().forEach(OutputPump::listen);
    try (OutputStream input = input()) {
      input.write('\n');
    }
  }

  /** Waits until all output of an ended process was read, for a short time at most. */
  void awaitOutput() throws InterruptedException {
    for (OutputPump pump : pumps().toList()) {
      pump.awaitEnd(LAST_OUTPUT);
    }
  }

  @Override
  public void end(Duration grace) {
    tree.end(grace);
    pumps().forEach(pump -> pump.finish(LAST_OUTPUT));
    awaitExitCode();
  }

  /** The exit code comes a moment after the process has ended. An interrupt stays pending. */
  private void awaitExitCode() {
    boolean interrupted = Interrupts.take();
    try {
      boolean ignored = process.waitFor(1, SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Kills it and all that it started, because it exceeded a limit. The reason is the last of its
   * standard error, if that has a sink of its own.
   */
  void kill(String reason) {
    excess = Optional.of(reason);
    errors.ifPresent(pump -> pump.add(("\nended by the avatar: " + reason + "\n").getBytes(UTF_8)));
    tree.end(Duration.ZERO);
  }

  /** Why it was killed, if it exceeded a limit. */
  Optional<String> excess() {
    return excess;
  }

  /** Completes when the first process has exited. */
  CompletionStage<?> exit() {
    return process.onExit();
  }

  /** Rethrows what a sink threw, if one did. Call it after the process has been ended. */
  void throwSinkFailure() {
    pumps().forEach(OutputPump::throwSinkFailure);
  }

  private Stream<OutputPump> pumps() {
    return Stream.concat(Stream.of(output), errors.stream());
  }
}
