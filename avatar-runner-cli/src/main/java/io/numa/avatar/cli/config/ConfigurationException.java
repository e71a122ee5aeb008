package io.numa.avatar.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message lists all problems, one per line. */
public final class ConfigurationException extends RuntimeException {
  private final transient List<ConfigProblem> problems;
  private final transient Optional<Path> stateDir;

  ConfigurationException(List<ConfigProblem> problems, Optional<Path> stateDir) {
    super(render(problems));
    this.problems = List.copyOf(problems);
    this.stateDir = stateDir;
  }

  /** All problems, at least one. Those of a file are in the order of its lines. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  /**
   * {@code avatar.state_dir}, by which a running avatar can be found all the same; empty if a
   * problem hides it.
   */
  public Optional<Path> stateDir() {
    return stateDir;
  }

  private static String render(List<ConfigProblem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> "  " + problem)
        .collect(Collectors.joining("\n", "could not use the configuration: " + count + "\n", ""));
  }
}
