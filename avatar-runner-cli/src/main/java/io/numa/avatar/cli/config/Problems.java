package io.numa.avatar.cli.config;

import static java.util.Comparator.comparing;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.document.DocumentProblem;
import java.util.ArrayList;
import java.util.List;

/** Gathers all problems, so that they can be shown at once. */
final class Problems {
  private final List<ConfigProblem> found = new ArrayList<>();

  void add(Origin origin, String key, String message) {
    found.add(new ConfigProblem(origin, key, message));
  }

  /** Adds what is wrong in the values of a tree. */
  void add(DocumentProblem problem, ValueTree tree) {
    add(tree.origin(problem.at()), tree.path(problem.at()), problem.message());
  }

  /** Whether anything is wrong with a list's entry or in it. */
  boolean areThereBelow(String key) {
    return found.stream().anyMatch(problem -> problem.key().startsWith(key));
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
