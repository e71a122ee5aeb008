package io.numa.avatar.testkit;

/**
 * What a commit holds at a path.
 *
 * @param content a file's text, a link's target, or the id of a submodule's commit
 */
public record TreeFile(Kind kind, String content) {
  /** The kinds of entries that Git distinguishes. */
  public enum Kind {
    FILE,
    EXECUTABLE,
    LINK,
    SUBMODULE
  }

  public static TreeFile of(String text) {
    return new TreeFile(Kind.FILE, text);
  }

  public static TreeFile executable(String text) {
    return new TreeFile(Kind.EXECUTABLE, text);
  }

  public static TreeFile link(String target) {
    return new TreeFile(Kind.LINK, target);
  }

  public static TreeFile submodule(String commit) {
    return new TreeFile(Kind.SUBMODULE, commit);
  }
}
