package io.numa.avatar.cli.config;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong, so that all of it can be told at once. */
final class Problems {
  private final List<ConfigProblem> found = new ArrayList<>();

  void add(Origin origin, String key, String message) {
    found.add(new ConfigProblem(origin, key, message));
  }

  int count() {
    return found.size();
  }

  /** Those of files first, by file and line, then the others in the order they were found. */
  void throwIfAny() {
    if (found.isEmpty()) {
      return;
    }
    var sorted = new ArrayList<>(found);
    sorted.sort(
        comparing((ConfigProblem problem) -> problem.file().isEmpty())
            .thenComparing(problem -> problem.file().map(Object::toString).orElse(""))
            .thenComparing(ConfigProblem::line));
    throw new ConfigurationException(sorted);
  }
}
