package io.numa.avatar.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * A Git branch name without {@code refs/heads/}, by the rules of {@code git check-ref-format
 * --branch}; {@code @} and {@code HEAD} are refused too, as no branch should be called that.
 */
public record BranchName(String value) {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|(^|/)\\.|\\.lock(/|$)|^[-/]|[./]$|^(@|HEAD|)$");

  /** Git stores a branch in a file of its name, and file systems allow names of 255 bytes. */
  private static final int MAX_BYTES = 250;

  public BranchName {
    if (value.getBytes(UTF_8).length > MAX_BYTES || FORBIDDEN.matcher(value).find()) {
      throw new IllegalArgumentException("not a branch name: '" + value + "'");
    }
  }

  /** The full name of the branch's ref. */
  public String ref() {
    return "refs/heads/" + value;
  }

  @Override
  public String toString() {
    return value;
  }
}
