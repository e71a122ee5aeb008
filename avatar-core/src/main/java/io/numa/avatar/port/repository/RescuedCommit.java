package io.numa.avatar.port.repository;

import io.numa.avatar.task.CommitId;
import java.util.regex.Pattern;

/**
 * The place of a commit that was saved because it could not be pushed to its branch.
 *
 * @param repository its address, or a path on this machine
 * @param ref the full name of the ref
 */
public record RescuedCommit(CommitId commit, String repository, String ref) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  /** The command that fetches it. */
  public String command() {
    return "git fetch " + quoted(repository) + " " + quoted(ref);
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
