package io.numa.avatar.process;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The sinks of a process's output, and whether the process has input.
 *
 * @param output receives the standard output
 * @param errors receives the standard error; empty if {@code output} receives both
 * @param waits whether the process starts its program when it gets a byte; its input is empty then
 */
record Pipes(OutputSink output, Optional<OutputSink> errors, boolean waits) {
  /** Standard output and standard error in one stream, in order; the input is empty. */
  static Pipes merged(OutputSink output) {
    return new Pipes(output, Optional.empty(), false);
  }

  /** The same for a process that waits for a byte before it starts its program. */
  static Pipes waiting(OutputSink output) {
    return new Pipes(output, Optional.empty(), true);
  }

  /** A pipe for each of the three streams. */
  static Pipes twoWay(OutputSink output, OutputSink errors) {
    return new Pipes(output, Optional.of(errors), false);
  }

  void connect(ProcessBuilder builder) {
    if (errors.isEmpty()) {
      builder.redirectErrorStream(true);
      if (!waits) {
        builder.redirectInput(Path.of("/dev/null").toFile());
      }
    }
  }
}
