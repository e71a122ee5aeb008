package io.numa.avatar.task;

import java.util.regex.Pattern;

/**
 * The id of a commit's files: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits. Commits
 * with the same files have the same tree id.
 */
public record TreeId(String value) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  public TreeId {
    if (!HEX.matcher(value).matches()) {
      throw new IllegalArgumentException("not a tree id: '" + value + "'");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
