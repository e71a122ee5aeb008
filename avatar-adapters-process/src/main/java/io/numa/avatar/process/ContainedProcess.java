package io.numa.avatar.process;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A process that can be ended with all that it started. Safe for use by several threads: one may
 * end it while another waits for it.
 *
 * <p>Runs to its end on its own, or talks with the caller, as {@link Pipes} say.
 */
final class ContainedProcess {
  /** How long a process that has ended may keep its output open, through what it left running. */
  private static final Duration LAST_OUTPUT = Duration.ofMillis(400);

  private final Process process;
  private final ProcessTree tree;
  private final OutputPump output;
  private final Optional<OutputPump> errors;

  private ContainedProcess(Process process, ProcessTree tree, Pipes pipes) {
    this.process = process;
    this.tree = tree;
    Runnable kill = () -> process.toHandle().destroyForcibly();
    this.output = new OutputPump(process.getInputStream(), pipes.output(), kill);
    this.errors = pipes.errors().map(sink -> new OutputPump(process.getErrorStream(), sink, kill));
  }

  /**
   * Starts a process on a thread that lasts as long as it does.
   *
   * <p>{@link Containment} has Linux kill a process when its parent dies, and Linux takes the end
   * of the thread that started it for that. The caller's thread may be one of a pool.
   */
  static ContainedProcess start(
      ProcessBuilder builder, Function<Process, ProcessTree> tree, Pipes pipes, String threadName)
      throws IOException {
    var started = new CompletableFuture<ContainedProcess>();
    startThread(threadName, () -> keep(builder, tree, pipes, started));
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
      throw e;
    }
  }

  private static void startThread(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * What the process reads. Flush it. A write blocks until the process reads, and fails once the
   * process has ended; a close tells the process that no more will come.
   */
  OutputStream input() {
    return process.getOutputStream();
  }

  /** Waits for the process, and says whether it ended within {@code limit}. */
  boolean awaitExit(Duration limit) throws InterruptedException {
    return tree.awaitExit(limit);
  }

  /** The exit code of the process, which must have ended. */
  int exitCode() {
    return process.exitValue();
  }

  /** How long the process has printed nothing; zero while a sink is busy with what it printed. */
  Duration silence() {
    return pumps().map(OutputPump::silence).min(Duration::compareTo).orElseThrow();
  }

  /** Waits until a process that has ended has no output left, a moment at most. */
  void awaitOutput() throws InterruptedException {
    for (OutputPump pump : pumps().toList()) {
      pump.awaitEnd(LAST_OUTPUT);
    }
  }

  /**
   * Ends the process and all that it started: asks first, waits for {@code grace} at most, and
   * kills. Gives the sinks what is left, and nothing after that. An interruption shortens the
   * grace, and is kept.
   */
  void end(Duration grace) {
    tree.end(grace);
    pumps().forEach(pump -> pump.finish(LAST_OUTPUT));
  }

  /** Throws what a sink threw, if one did. Call it when the process has been ended. */
  void throwSinkFailure() {
    pumps().forEach(OutputPump::throwSinkFailure);
  }

  private Stream<OutputPump> pumps() {
    return Stream.concat(Stream.of(output), errors.stream());
  }
}
