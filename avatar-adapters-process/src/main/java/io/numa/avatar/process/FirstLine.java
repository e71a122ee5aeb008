package io.numa.avatar.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

/** The empty line that a process prints first, when it is where it is to be. */
final class FirstLine {
  private static final int LONGEST_REASON = 1000;

  private FirstLine() {}

  /**
   * Waits for the line, and takes it out of the output. Ends a process that prints another one.
   *
   * @return why the process did not print it; empty if it did
   */
  static Optional<String> await(Process process) {
    try {
      int first = process.getInputStream().read();
      if (first == '\n') {
        return Optional.empty();
      }
      process.toHandle().destroyForcibly(); // Process.destroyForcibly() would lose the reason
      return Optional.of(reason(first, process));
    } catch (IOException e) {
      return Optional.of("the process ended");
    }
  }

  private static String reason(int first, Process process) throws IOException {
    try (InputStream rest =
        new SequenceInputStream(process.getInputStream(), process.getErrorStream())) {
      String text = new String(rest.readNBytes(LONGEST_REASON), UTF_8);
      String reason = (first < 0 ? text : (char) first + text).strip();
      return reason.isEmpty() ? "the system does not allow it" : reason;
    }
  }
}
