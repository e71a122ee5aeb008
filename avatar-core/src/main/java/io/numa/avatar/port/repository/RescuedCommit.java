package io.numa.avatar.port.repository;

import io.numa.avatar.task.CommitId;
import java.util.regex.Pattern;

/**
 * Where a commit is kept that did not get to its branch.
 *
 * @param repository its address, or a path of this machine
 * @param ref by its full name
 */
public record RescuedCommit(CommitId commit, String repository, String ref) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** What to type to get it. */
  public String command() {
    return "git fetch " + quoted(repository) + " " + quoted(ref);
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
