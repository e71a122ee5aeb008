package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.git.internal.attributes.PathPattern;
import io.numa.avatar.git.internal.attributes.PatternBudget;
import java.util.List;

/**
 * Which LFS files get their content at a checkout; all others keep their pointers. The patterns are
 * those of {@code .gitignore}, relative to the root. A file must match one of {@code include},
 * unless there is none, and none of {@code exclude}.
 */
record FetchFilter(List<PathPattern> include, List<PathPattern> exclude, PatternBudget budget) {
  /** A filter of two lists of patterns, each with commas between the patterns. */
  static FetchFilter of(String include, String exclude) {
    var budget = new PatternBudget();
    return new FetchFilter(rules(include, budget), rules(exclude, budget), budget);
  }

  private static List<PathPattern> rules(String patterns, PatternBudget budget) {
    List<String> all = List.of(patterns.split(","));
    budget.takeLines(all);
    return all.stream()
        .map(pattern -> pattern.strip().replaceFirst("[/\\\\]$", ""))
        .filter(pattern -> !pattern.isEmpty())
        .map(pattern -> PathPattern.of(PathPattern.bytes(pattern)))
        .toList();
  }

  boolean allows(String path) {
    String bytes = PathPattern.bytes(path);
    return (include.isEmpty() || matches(include, bytes)) && !matches(exclude, bytes);
  }

  /** Whether a rule matches the path or a folder above it. */
  private boolean matches(List<PathPattern> rules, String path) {
    for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      String folder = path.substring(0, end);
      if (rules.stream().anyMatch(rule -> rule.matches(folder, true, budget))) {
        return true;
      }
    }
    return rules.stream().anyMatch(rule -> rule.matches(path, false, budget));
  }
}
