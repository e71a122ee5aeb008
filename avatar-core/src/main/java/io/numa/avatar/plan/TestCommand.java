package io.numa.avatar.plan;

/** How to test: run a command, or run nothing. */
public sealed interface TestCommand {
  /** {@code command} runs the tests. */
  record Run(CommandLine command) implements TestCommand {}

  /** No tests run, even if another setting has a test command. */
  record None() implements TestCommand {}

  /** Reads a shell line; an empty one means no tests. */
  static TestCommand ofLine(String line) {
    return line.isBlank() ? new None() : new Run(new CommandLine.Shell(line));
  }
}
