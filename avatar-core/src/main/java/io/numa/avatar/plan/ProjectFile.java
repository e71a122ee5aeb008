package io.numa.avatar.plan;

import io.numa.avatar.plan.TestPolicy.Dilution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a project's {@code .numa.yaml} says.
 *
 * @param test how to test
 * @param dilution what follows if a change weakens tests of the base commit; may only be stricter
 *     than the operator's policy
 * @param setup how the project gets ready
 * @param review whether another agent reviews changes; may only be stricter than the operator's
 *     policy
 */
public record ProjectFile(
    Optional<TestCommand> test,
    Optional<Dilution> dilution,
    Optional<Setup> setup,
    ReviewPolicy review) {
  /** The file's name, at the root of the project. */
  public static final String NAME = ".numa.yaml";

  public static final ProjectFile EMPTY =
      new ProjectFile(Optional.empty(), Optional.empty(), Optional.empty());

  /** A file that asks for no review. */
  public ProjectFile(
      Optional<TestCommand> test, Optional<Dilution> dilution, Optional<Setup> setup) {
    this(test, dilution, setup, ReviewPolicy.UNSAID);
  }

  /** A file that says only how to test. */
  public static ProjectFile ofTest(TestCommand command) {
    return new ProjectFile(Optional.of(command), Optional.empty(), Optional.empty());
  }

  /**
   * How a project gets ready.
   *
   * @param command makes files that the project's {@code .gitignore} names, such as {@code npm ci}
   * @param timeout how long it may take; if empty, the configuration's limit for a step
   * @param key the files and folders that decide what the command makes; if empty, every file of
   *     the project does
   */
  public record Setup(CommandLine command, Optional<Duration> timeout, List<WorkspacePath> key) {
    public Setup {
      key = List.copyOf(key);
    }
  }
}
