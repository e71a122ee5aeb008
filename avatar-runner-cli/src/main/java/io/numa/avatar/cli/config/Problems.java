package io.numa.avatar.cli.config;

import static java.util.Comparator.comparing;

import io.numa.avatar.cli.config.value.Origin;
import io.numa.avatar.document.DocumentProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects all problems, so that they can be shown together. */
final class Problems {
  private final List<ConfigProblem> found = new ArrayList<>();

  void add(Origin origin, String key, String message) {
    found.add(new ConfigProblem(origin, key, message));
  }

  /** Adds a problem in the values of a tree. */
  void add(DocumentProblem problem, ValueTree tree) {
    var one =
        new ConfigProblem(
            tree.origin(problem.at()), tree.writtenPath(problem.at()), problem.message());
    if (!found.contains(one)) { // a shorthand stands for several keys
      found.add(one);
    }
  }

  /** Whether there is a problem with a list's entry or one of its keys. */
  boolean areThereBelow(String key) {
    return found.stream().anyMatch(problem -> problem.key().startsWith(key));
  }

  /**
   * Throws all problems if there are any: first those of files, by file and line, then the others
   * in the order in which they were found.
   *
   * @param stateDir gives {@code avatar.state_dir}; the exception has it if no problem hides it
   */
  void throwIfAny(Supplier<Path> stateDir) {
    if (found.isEmpty()) {
      return;
    }
    var sorted = new ArrayList<>(found);
    sorted.sort(
        comparing((ConfigProblem problem) -> problem.file().isEmpty())
            .thenComparing(problem -> problem.file().map(Object::toString).orElse(""))
            .thenComparing(ConfigProblem::line));
    throw new ConfigurationException(
        sorted, hide("avatar.state_dir") ? Optional.empty() : Optional.of(stateDir.get()));
  }

  /** Whether the value of a key may be another: a problem is its own, a section's, or a file's. */
  private boolean hide(String key) {
    return found.stream()
        .map(ConfigProblem::key)
        .anyMatch(at -> at.isEmpty() || (key + ".").startsWith(at + "."));
  }
}
