package io.numa.avatar.plan;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A file or folder inside the workspace: relative, {@code /}-separated, without {@code .} or {@code
 * ..}, and nowhere near {@code .git} in any spelling that some file system takes for it.
 *
 * <p>The type speaks for the spelling only; whether a symbolic link on the way leads out is seen
 * when the path is opened.
 */
public record WorkspacePath(String value) {
  /** HFS+ ignores these code points in names (git's utf8.c, {@code next_hfs_char}). */
  private static final Pattern IGNORED_BY_HFS =
      Pattern.compile("[\\u200c-\\u200f\\u202a-\\u202e\\u206a-\\u206f\\ufeff]");

  /** What follows a colon names a stream on NTFS, which drops dots and spaces before it. */
  private static final Pattern IGNORED_BY_NTFS = Pattern.compile("(?s)(?<![. ])[. ]*+(:.*|\\z)");

  private static final Pattern GIT = Pattern.compile("\\.git|git~[0-9]+");

  private static final Pattern DRIVE = Pattern.compile("(?s)[A-Za-z]:.*");

  public WorkspacePath {
    String problem = problem(value);
    if (!problem.isEmpty()) {
      throw new IllegalArgumentException("the path '" + value + "' " + problem);
    }
    value = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
  }

  /** The names on the way, at least one. */
  public List<String> segments() {
    return List.of(value.split("/"));
  }

  private static String problem(String value) {
    if (value.isEmpty()) {
      return "is empty";
    }
    if (value.indexOf('\0') >= 0) {
      return "holds a NUL character";
    }
    if (value.startsWith("/") || DRIVE.matcher(value).matches()) {
      return "is not relative to the workspace";
    }
    if (value.indexOf('\\') >= 0) {
      return "holds a backslash; folders are separated by '/'";
    }
    String trimmed = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    for (String segment : trimmed.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".")) {
        return "holds an empty name or '.'";
      }
      if (segment.equals("..")) {
        return "leads upwards";
      }
      if (isGit(segment)) {
        return "leads into a Git directory";
      }
    }
    return "";
  }

  private static boolean isGit(String segment) {
    String plain = IGNORED_BY_HFS.matcher(segment).replaceAll("");
    plain = IGNORED_BY_NTFS.matcher(plain).replaceAll("");
    return GIT.matcher(plain.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
