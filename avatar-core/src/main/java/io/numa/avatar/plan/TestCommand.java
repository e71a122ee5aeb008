package io.numa.avatar.plan;

/** A word on how to test: run this, or run nothing. */
public sealed interface TestCommand {
  /** Tests are run by {@code command}. */
  record Run(CommandLine command) implements TestCommand {}

  /** There are to be no tests, whatever else speaks of some. */
  record None() implements TestCommand {}

  /** Reads a shell line, where the empty one means that there are to be no tests. */
  static TestCommand ofLine(String line) {
    return line.isBlank() ? new None() : new Run(new CommandLine.Shell(line));
  }
}
