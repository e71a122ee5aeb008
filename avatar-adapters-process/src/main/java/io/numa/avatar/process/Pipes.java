package io.numa.avatar.process;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The sinks of a process's output, and whether the process has input.
 *
 * @param output receives the standard output
 * @param errors receives the standard error; empty if {@code output} receives both
 */
record Pipes(OutputSink output, Optional<OutputSink> errors) {
  /** Standard output and standard error in one stream, in order; the input is empty. */
  static Pipes merged(OutputSink output) {
    return new Pipes(output, Optional.empty());
  }

  /** A pipe for each of the three streams. */
  static Pipes twoWay(OutputSink output, OutputSink errors) {
    return new Pipes(output, Optional.of(errors));
  }

  void connect(ProcessBuilder builder) {
    if (errors.isEmpty()) {
      builder.redirectErrorStream(true).redirectInput(Path.of("/dev/null").toFile());
    }
  }
}
