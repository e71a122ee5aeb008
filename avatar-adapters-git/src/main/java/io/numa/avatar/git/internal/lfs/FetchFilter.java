package io.numa.avatar.git.internal.lfs;

import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.ignore.FastIgnoreRule;

/**
 * Which LFS files get their content at a checkout; all others keep their pointers. The patterns are
 * those of {@code .gitignore}, relative to the root. A file must match one of {@code include},
 * unless there is none, and none of {@code exclude}.
 */
record FetchFilter(List<FastIgnoreRule> include, List<FastIgnoreRule> exclude) {
  /** A filter of two lists of patterns, each with commas between the patterns. */
  static FetchFilter of(String include, String exclude) {
    return new FetchFilter(rules(include), rules(exclude));
  }

  private static List<FastIgnoreRule> rules(String patterns) {
    return Stream.of(patterns.split(","))
        .map(pattern -> pattern.strip().replaceFirst("[/\\\\]$", ""))
        .filter(pattern -> !pattern.isEmpty())
        .map(FastIgnoreRule::new)
        .toList();
  }

  boolean allows(String path) {
    return (include.isEmpty() || matches(include, path)) && !matches(exclude, path);
  }

  /** Whether a rule matches the path or a folder above it. */
  private static boolean matches(List<FastIgnoreRule> rules, String path) {
    for (int end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
      String folder = path.substring(0, end);
      if (rules.stream().anyMatch(rule -> rule.isMatch(folder, true))) {
        return true;
      }
    }
    return rules.stream().anyMatch(rule -> rule.isMatch(path, false));
  }
}
