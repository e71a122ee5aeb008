package io.numa.avatar.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * A Git branch name without {@code refs/heads/}, by the rules of {@code git check-ref-format
 * --branch}; {@code @}, {@code HEAD} and names that begin with {@code refs/} are refused too, as no
 * branch should be called that.
 */
public record BranchName(String value) {
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "[\\x00-\\x20\\x7f~^:?*\\[\\\\]|\\.\\.|@\\{|//|(^|/)\\.|\\.lock(/|$)|^[-/]|[./]$|^(@|HEAD|)$");

  /** A character that was read in another character set than it was written in. */
  private static final char UNREADABLE = '\uFFFD';

  private static final String FULL = "refs/";

  /** Git stores a branch in a file of its name, and file systems allow names of 255 bytes. */
  private static final int MAX_BYTES = 250;

  public BranchName {
    if (value.getBytes(UTF_8).length > MAX_BYTES || FORBIDDEN.matcher(value).find()) {
      throw new IllegalArgumentException("not a branch name: '" + value + "'");
    }
    if (value.startsWith(FULL)) {
      throw new IllegalArgumentException(
          "not a branch name: '" + value + "'; leave out 'refs/heads/'");
    }
    if (value.indexOf(UNREADABLE) >= 0 || !isText(value)) {
      throw new IllegalArgumentException(
          "not a branch name: '"
              + value
              + "': it was read in the wrong character set; set LC_ALL to one for UTF-8");
    }
  }

  private static boolean isText(String value) {
    return UTF_8.newEncoder().canEncode(value);
  }

  /**
   * The branch of a task that names none: {@code dev-} and the task's id, with {@code -} in place
   * of all that Git does not allow.
   */
  public static BranchName of(TaskId task) {
    String name = "dev-" + task.value().replace(UNREADABLE, '-');
    while (name.getBytes(UTF_8).length > MAX_BYTES) {
      name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
    }
    while (FORBIDDEN.matcher(name).find()) {
      name = FORBIDDEN.matcher(name).replaceAll("-");
    }
    return new BranchName(name);
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
