package io.numa.avatar.workspace;

import static java.util.regex.Pattern.CASE_INSENSITIVE;
import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.UNICODE_CASE;

import io.numa.avatar.plan.WorkspacePath;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The paths that no task may change, as globs: {@code *} and {@code ?} match within a name, {@code
 * **} also matches across names. A glob that matches a folder covers everything in it. Matching
 * ignores the case of letters, because some file systems ignore it, too. Immutable.
 */
public final class ProtectedPaths {
  public static final ProtectedPaths NONE = new ProtectedPaths(List.of());

  private final List<Rule> rules;

  private record Rule(String glob, Pattern pattern) {}

  /**
   * @param globs such as {@code .github/workflows/**}
   */
  public ProtectedPaths(List<String> globs) {
    this.rules = globs.stream().map(glob -> new Rule(glob, compile(glob))).toList();
  }

  /** The globs, as they were given. */
  public List<String> globs() {
    return rules.stream().map(Rule::glob).toList();
  }

  /** The first glob that covers a path, if there is one. */
  public Optional<String> covering(WorkspacePath path) {
    return rules.stream()
        .filter(rule -> rule.pattern().matcher(path.value()).matches())
        .findFirst()
        .map(Rule::glob);
  }

  /** Refuses a path that is covered. */
  void check(WorkspacePath path) throws WorkspaceException {
    Optional<String> glob = covering(path);
    if (glob.isPresent()) {
      throw WorkspaceException.denied(
          "'" + path + "' is protected by guard.protected_paths: " + glob.get());
    }
  }

  private static Pattern compile(String glob) {
    var regex = new StringBuilder();
    String rest = glob.endsWith("/**") ? glob.substring(0, glob.length() - 3) : glob;
    int at = 0;
    while (at < rest.length()) {
      if (rest.startsWith("**/", at)) {
        regex.append("(?:[^/]+/)*");
        at += 3;
      } else if (rest.startsWith("**", at)) {
        regex.append(".*");
        at += 2;
      } else {
        char c = rest.charAt(at);
        regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
        at++;
      }
    }
    return Pattern.compile(regex + "(?:/.*)?", CASE_INSENSITIVE | UNICODE_CASE | DOTALL);
  }
}
