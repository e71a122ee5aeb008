package io.numa.avatar.git.internal.attributes;

import io.numa.avatar.git.internal.support.SmallFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of one {@code .gitignore} file (gitignore(5)). */
final class IgnoreRules {
  private final List<PathPattern> patterns = new ArrayList<>();
  private final PatternBudget budget;

  IgnoreRules(SmallFile file, PatternBudget budget) {
    this.budget = budget;
    for (String line : budget.lines(file)) {
      if (!line.isEmpty() && line.charAt(0) != '#') {
        patterns.add(PathPattern.of(withoutTrailingSpaces(line)));
      }
    }
  }

  /** Drops the spaces at the end of a line, except one that a backslash keeps. */
  private static String withoutTrailingSpaces(String line) {
    int end = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == '\\') {
        i++;
        end = i + 1;
      } else if (line.charAt(i) != ' ') {
        end = i + 1;
      }
    }
    return line.substring(0, Math.min(end, line.length()));
  }

  /** Whether a path is ignored; empty if no rule is about it. */
  Optional<Boolean> ignores(String path, boolean folder) {
    for (int i = patterns.size() - 1; i >= 0; i--) {
      if (patterns.get(i).matches(path, folder, budget)) {
        return Optional.of(!patterns.get(i).isNegative());
      }
    }
    return Optional.empty();
  }
}
