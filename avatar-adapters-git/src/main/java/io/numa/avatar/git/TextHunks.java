package io.numa.avatar.git;

import io.numa.avatar.plan.WorkspacePath;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.eclipse.jgit.patch.HunkHeader;

/**
 * Applies a diff's text hunks to a file's bytes, line by line and byte by byte. A hunk may have
 * moved up or down, but all of its lines must be there: there is no fuzz. As in {@code git apply},
 * a hunk that began in the first line must fit there, and one without lines of context at its end
 * must fit at the file's end.
 */
final class TextHunks {
  private final WorkspacePath path;
  private final List<? extends HunkHeader> hunks;

  TextHunks(WorkspacePath path, List<? extends HunkHeader> hunks) {
    this.path = path;
    this.hunks = hunks;
  }

  /** Writes the changed content; what was written before a hunk fails is of no use. */
  void apply(byte[] content, OutputStream out) throws IOException {
    Slices lines = Slices.lines(content, 0, content.length);
    int done = 0;
    int moved = 0;
    for (int i = 0; i < hunks.size(); i++) {
      Hunk hunk = Hunk.of(hunks.get(i));
      int expected = hunk.start() + moved;
      int at = find(lines, hunk, expected, done);
      if (at < 0) {
        throw conflict(lines, hunk, i, Math.max(done, expected));
      }
      lines.write(done, at, out);
      hunk.after().write(0, hunk.after().size(), out);
      done = at + hunk.before().size();
      moved = at - hunk.start();
    }
    lines.write(done, lines.size(), out);
  }

  /** The place nearest to the expected one where the hunk fits, or -1. */
  private static int find(Slices lines, Hunk hunk, int expected, int from) {
    if (expected >= from
        && (hunk.withoutContext() || hunk.mayBeAt(expected, lines))
        && hunk.fitting(lines, expected) == hunk.before().size()) {
      return expected;
    }
    return hunk.withoutContext() ? -1 : nearest(lines, hunk, expected, from);
  }

  /**
   * Looks for the hunk's lines everywhere, as Knuth, Morris and Pratt do, in a time that does not
   * depend on how alike the lines are; of two places equally near, the later one counts, as in Git.
   */
  private static int nearest(Slices lines, Hunk hunk, int expected, int from) {
    Slices wanted = hunk.before();
    if (wanted.size() == 0) {
      return hunk.mayBeAt(from, lines) ? from : -1;
    }
    int[] borders = borders(wanted);
    int nearest = -1;
    int same = 0;
    for (int line = from; line < lines.size(); line++) {
      while (same > 0 && (same == wanted.size() || !wanted.same(same, lines, line))) {
        same = borders[same - 1];
      }
      if (wanted.same(same, lines, line)) {
        same++;
      }
      int at = line - wanted.size() + 1;
      if (same == wanted.size()
          && hunk.mayBeAt(at, lines)
          && (nearest < 0 || Math.abs(at - expected) <= Math.abs(nearest - expected))) {
        nearest = at;
      }
    }
    return nearest;
  }

  /** For each beginning of {@code lines}, how much of its own beginning it ends with. */
  private static int[] borders(Slices lines) {
    int[] borders = new int[lines.size()];
    int same = 0;
    for (int line = 1; line < lines.size(); line++) {
      while (same > 0 && !lines.same(same, lines, line)) {
        same = borders[same - 1];
      }
      if (lines.same(same, lines, line)) {
        same++;
      }
      borders[line] = same;
    }
    return borders;
  }

  private RuntimeException conflict(Slices lines, Hunk hunk, int index, int expected) {
    int at = Math.min(Math.max(0, expected), lines.size());
    int same = hunk.fitting(lines, at);
    String where = "hunk " + (index + 1) + " of " + hunks.size() + " does not fit";
    if (same == hunk.before().size()) {
      return PatchConflict.at(
          path, where + ": its lines are at line " + (at + 1) + ", but not where it belongs");
    }
    String found =
        at + same < lines.size() ? quoted(lines.string(at + same)) : "the end of the file";
    return PatchConflict.at(
        path,
        (where + " at line " + (at + same + 1))
            + (": expected " + quoted(hunk.before().string(same)) + ", found " + found));
  }

  /** With what is invisible at its end, as that may be all the difference. */
  private static String quoted(String line) {
    String shown = line.replace("\r", "\\r").replace("\n", "").replace("\t", "\\t");
    String cut = shown.length() > 200 ? shown.substring(0, 200) + "…" : shown;
    return "'" + cut + "'" + (line.endsWith("\n") ? "" : " without a newline at its end");
  }
}
