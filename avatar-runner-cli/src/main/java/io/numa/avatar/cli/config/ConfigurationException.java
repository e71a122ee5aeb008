package io.numa.avatar.cli.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message lists all problems, one per line. */
public final class ConfigurationException extends RuntimeException {
  private final transient List<ConfigProblem> problems;

  ConfigurationException(List<ConfigProblem> problems) {
    super(render(problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, at least one. Those of a file are in the order of its lines. */
  public List<ConfigProblem> problems() {
    return problems;
  }

  private static String render(List<ConfigProblem> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return problems.stream()
        .map(problem -> "  " + problem)
        .collect(Collectors.joining("\n", "could not use the configuration: " + count + "\n", ""));
  }
}
