package io.numa.avatar.task;

import java.util.regex.Pattern;

/** A commit's full object id: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits. */
public record CommitId(String value) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  public CommitId {
    if (!HEX.matcher(value).matches()) {
      throw new IllegalArgumentException("not a commit id: '" + value + "'");
    }
  }

  /** The first ten digits, for people. */
  public String abbreviated() {
    return value.substring(0, 10);
  }

  @Override
  public String toString() {
    return value;
  }
}
