package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.List;

/** What people should know of the LFS files of a checkout. The first files are named. */
final class LfsNotes {
  private static final int NAMED = 10;

  private final List<String> lines = new ArrayList<>();
  private int unnamed;
  private int excluded;

  /** A file stays as it is, although it looks like a pointer. */
  void malformed(String path, String line) {
    add(
        quoted(path)
            + " looks like an LFS pointer and is taken for none, because of "
            + quoted(line)
            + "; it stays as it is");
  }

  /** A pointer stays, because only a program could restore its content. */
  void extended(String path, String extension) {
    add(
        quoted(path)
            + " stays an LFS pointer: its extension "
            + quoted(extension)
            + " is a program, and the avatar runs no filter program");
  }

  /** A pointer stays, as the repository wants it. */
  void excluded() {
    excluded++;
  }

  /** Adds the note of a repository inside this one. */
  void add(String line) {
    if (lines.size() < NAMED) {
      lines.add(line);
    } else {
      unnamed++;
    }
  }

  List<String> all() {
    List<String> all = new ArrayList<>(lines);
    if (unnamed > 0) {
      all.add("the like of " + unnamed + " more LFS files");
    }
    if (excluded > 0) {
      String what =
          excluded == 1 ? "1 LFS file stays a pointer" : excluded + " LFS files stay pointers";
      all.add(what + ", by the repository's .lfsconfig");
    }
    return all;
  }

  private static String quoted(String text) {
    return "'" + WorkspacePath.shown(text) + "'";
  }
}
