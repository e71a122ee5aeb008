package io.numa.avatar.port;

import io.numa.avatar.task.AttemptId;
import java.util.Optional;

/** Runs commands. Safe for use by several threads. */
public interface CommandRunner {
  /**
   * Runs a command until it exits or its time is up. When this method returns or throws, every
   * process of the command that could be found has ended.
   *
   * <p>Standard input is closed. Standard output and standard error are merged, in the order they
   * were written.
   *
   * @param output receives the command's output as it arrives, on the calling thread or another,
   *     one call at a time
   * @throws PortException of kind {@code COMMAND_FAILED} if there is no such program or it cannot
   *     be started
   * @throws InterruptedException if the thread was interrupted; the command has ended by then
   */
  CommandResult run(Command command, OutputSink output) throws InterruptedException;

  /**
   * Makes ready what will hold a command, such as its sandbox, while the caller does other work.
   * Returns at once. The next {@link #run} of the same command uses it; its time limits may differ.
   * Nothing of the command runs before. A failure shows only in {@link #run}.
   */
  default Readiness prepare(Command command) {
    return Readiness.NONE;
  }

  /**
   * What was made ready for a command. The caller must close it, whether the command ran or not.
   */
  @FunctionalInterface
  interface Readiness extends AutoCloseable {
    /** Nothing. */
    Readiness NONE = () -> {};

    /** Gives it back if the command did not run. */
    @Override
    void close();
  }

  /**
   * Ends the processes that commands of an attempt have left running. This includes commands that a
   * previous process started.
   *
   * @throws InterruptedException if the thread was interrupted; some of the processes may still run
   *     then
   */
  default void endLeftovers(AttemptId owner) throws InterruptedException {}

  /**
   * One word for how reliably this runner ends commands with all their processes; empty if unknown.
   */
  default Optional<String> containment() {
    return Optional.empty();
  }

  /** Receives the output of a command. */
  @FunctionalInterface
  interface OutputSink {
    /** Receives {@code length} bytes of {@code buffer}. The caller reuses the buffer afterwards. */
    void write(byte[] buffer, int offset, int length);
  }
}
