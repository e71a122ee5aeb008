package io.numa.avatar.port;

import io.numa.avatar.task.AttemptId;
import java.util.Optional;

/** Runs commands. Safe for use by several threads. */
public interface CommandRunner {
  /**
   * Runs a command to its end, or to the end of its time. When this method returns or throws,
   * nothing that the command started is left that could be found.
   *
   * <p>Standard input is closed. Standard output and standard error come as one, in the order they
   * were written.
   *
   * @param output is given what the command prints as it comes, on the calling thread or another,
   *     one call at a time
   * @throws PortException of kind {@code COMMAND_FAILED} if there is no such program or it cannot
   *     be started
   * @throws InterruptedException if the thread was interrupted; the command has been ended then
   */
  CommandResult run(Command command, OutputSink output) throws InterruptedException;

  /**
   * Ends what commands of an attempt have left running, also those of a previous process.
   *
   * @throws InterruptedException if the thread was interrupted; some of it may still run then
   */
  default void endLeftovers(AttemptId owner) throws InterruptedException {}

  /** How surely commands are ended with all they started, in a word; empty where unknown. */
  default Optional<String> containment() {
    return Optional.empty();
  }

  /** Takes what a command prints. */
  @FunctionalInterface
  interface OutputSink {
    /** Takes {@code length} bytes of {@code buffer}; the buffer is used again afterwards. */
    void write(byte[] buffer, int offset, int length);
  }
}
