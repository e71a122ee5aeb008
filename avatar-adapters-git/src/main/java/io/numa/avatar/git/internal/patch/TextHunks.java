package io.numa.avatar.git.internal.patch;

import io.numa.avatar.git.internal.support.BlobIds;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.run.secret.Redactor;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.patch.HunkHeader;
import org.jspecify.annotations.Nullable;

/**
 * Applies a diff's text hunks to a file's bytes, line by line and byte by byte. A hunk may have
 * moved up or down, but all of its lines must match: there is no fuzz.
 *
 * <p>If a hunk fits in several places, the same place is used as by {@code git apply}: the nearest
 * to the line that the hunk's header gives for the file after the change, and of two equally near
 * places the later one. As in {@code git apply}, a hunk that begins in the first line must fit
 * there, and one without context at its end must fit at the file's end. A hunk without any context
 * must be exactly where its header says, as only the line number says where it belongs.
 */
final class TextHunks {
  private static final int NOWHERE = -1;

  /** The most characters of a line that a message shows. */
  private static final int LONGEST_SHOWN = 200;

  private final WorkspacePath path;
  private final List<? extends HunkHeader> hunks;
  private final @Nullable AbbreviatedObjectId made;
  private final Redactor redactor;
  private final List<Gap> gaps = new ArrayList<>();

  /**
   * @param made the blob from which the hunks were made, if it is known
   * @param redactor hides secrets in the lines that messages show
   */
  TextHunks(
      WorkspacePath path,
      List<? extends HunkHeader> hunks,
      @Nullable AbbreviatedObjectId made,
      Redactor redactor) {
    this.path = path;
    this.hunks = hunks;
    this.made = made;
    this.redactor = redactor;
  }

  /**
   * Lines that no hunk has changed so far.
   *
   * @param shift by how many lines they moved down, as the hunks above added and removed lines
   */
  private record Gap(int from, int to, int shift) {}

  /**
   * Writes the changed content. If a hunk does not fit, throws, and the output written so far is
   * useless.
   */
  void apply(byte[] content, OutputStream out) throws IOException {
    requireNothingBetween();
    LineSlices lines = LineSlices.lines(content, 0, content.length);
    var rest = new Gap(0, lines.size(), 0);
    for (int i = 0; i < hunks.size(); i++) {
      Hunk hunk = Hunk.of(hunks.get(i));
      int at =
          hunk.withoutContext() ? exactly(content, lines, hunk, rest) : nearest(lines, hunk, rest);
      if (at < rest.from()) {
        throw conflict(lines, hunk, i, rest, at);
      }
      lines.write(rest.from(), at, out);
      hunk.after().write(0, hunk.after().size(), out);
      gaps.add(new Gap(rest.from(), at, rest.shift()));
      int shift = rest.shift() + hunk.after().size() - hunk.before().size();
      rest = new Gap(at + hunk.before().size(), lines.size(), shift);
    }
    lines.write(rest.from(), lines.size(), out);
  }

  /** Throws if there are lines between hunks; JGit would skip them. */
  private void requireNothingBetween() {
    for (int i = 1; i < hunks.size(); i++) {
      if (hunks.get(i).getStartOffset() != hunks.get(i - 1).getEndOffset()) {
        throw PatchConflict.invalid(
            "hunk " + i + " of '" + path + "' is followed by lines that belong to no hunk");
      }
    }
  }

  /**
   * The place of a hunk without context. It fits everywhere, so the file must be the one from which
   * the hunk was made.
   */
  private int exactly(byte[] content, LineSlices lines, Hunk hunk, Gap rest) {
    int at = hunk.start();
    if (at < rest.from() || at > lines.size() || hunk.fitting(lines, at) < hunk.before().size()) {
      return NOWHERE;
    }
    boolean sure =
        hunk.before().size() > 0 || (hunk.atBeginning() ? lines.size() == 0 : at == lines.size());
    return sure || isTheOne(content) ? at : NOWHERE;
  }

  private boolean isTheOne(byte[] content) {
    return made != null && made.prefixCompare(BlobIds.of(content)) == 0;
  }

  /** The place that {@code git apply} chooses, which may be in a gap above; -1 if there is none. */
  private int nearest(LineSlices lines, Hunk hunk, Gap rest) {
    int length = lines.size() + rest.shift();
    int expected =
        hunk.atBeginning() ? 0 : hunk.atEnd() ? length - hunk.before().size() : hunk.place();
    expected = expected < 0 || expected > length ? length : expected;
    int at = expected - rest.shift();
    if (at >= rest.from() && fits(hunk, lines, at, rest)) {
      return at;
    }
    var search = new Search(lines, hunk, expected);
    gaps.forEach(search::look);
    search.look(rest);
    return search.nearest;
  }

  private static boolean fits(Hunk hunk, LineSlices lines, int at, Gap gap) {
    return mayBeAt(hunk, lines, at, gap) && hunk.fitting(lines, at) == hunk.before().size();
  }

  private static boolean mayBeAt(Hunk hunk, LineSlices lines, int at, Gap gap) {
    return (!hunk.atBeginning() || at + gap.shift() == 0)
        && (!hunk.atEnd() || at + hunk.before().size() == lines.size());
  }

  /**
   * Searches all lines for the hunk's lines by the algorithm of Knuth, Morris and Pratt. Its time
   * does not depend on how similar the lines are.
   */
  private static final class Search {
    private final LineSlices lines;
    private final Hunk hunk;
    private final int expected;
    private final int[] borders;
    private int nearest = NOWHERE;
    private int distance = Integer.MAX_VALUE;

    Search(LineSlices lines, Hunk hunk, int expected) {
      this.lines = lines;
      this.hunk = hunk;
      this.expected = expected;
      this.borders = borders(hunk.before());
    }

    void look(Gap gap) {
      LineSlices wanted = hunk.before();
      int same = 0;
      for (int line = gap.from(); line < gap.to(); line++) {
        while (same > 0 && (same == wanted.size() || !wanted.same(same, lines, line))) {
          same = borders[same - 1];
        }
        if (wanted.same(same, lines, line)) {
          same++;
        }
        int at = line - wanted.size() + 1;
        int away = Math.abs(at + gap.shift() - expected);
        if (same == wanted.size() && mayBeAt(hunk, lines, at, gap) && away <= distance) {
          nearest = at;
          distance = away;
        }
      }
    }
  }

  /**
   * For each prefix of {@code lines}, the length of the longest shorter prefix that is also its
   * suffix.
   */
  private static int[] borders(LineSlices lines) {
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

  private RuntimeException conflict(LineSlices lines, Hunk hunk, int index, Gap rest, int found) {
    String where = "hunk " + (index + 1) + " of " + hunks.size() + " does not fit";
    if (found >= 0) {
      return PatchConflict.at(
          path,
          where + ": its lines are at line " + (found + 1) + ", above those of the hunk before it");
    }
    int expected = hunk.withoutContext() ? hunk.start() : hunk.place() - rest.shift();
    int at = Math.min(Math.max(rest.from(), expected), lines.size());
    int same = hunk.fitting(lines, at);
    if (same == hunk.before().size()) {
      return PatchConflict.at(
          path, where + " at line " + (at + 1) + ": " + misplaced(hunk, lines, at));
    }
    String there =
        at + same < lines.size() ? quoted(lines.string(at + same)) : "the end of the file";
    return PatchConflict.at(
        path,
        (where + " at line " + (at + same + 1))
            + (": expected " + quoted(hunk.before().string(same)) + ", found " + there));
  }

  /** The reason why a hunk does not fit although all its lines match. */
  private static String misplaced(Hunk hunk, LineSlices lines, int at) {
    if (hunk.withoutContext()) {
      return "it has no lines of context, and the file is not the one that it was made of";
    }
    return hunk.atBeginning() && at > 0
        ? "its lines are there, but it has to be at the beginning of the file"
        : "its lines are there, but no context follows them, so they have to be at the end of the file,"
            + (" after line " + lines.size());
  }

  /** Shows invisible characters at the line's end, as they may be the only difference. */
  private String quoted(String line) {
    String visible = line.replace("\r", "\\r").replace("\n", "").replace("\t", "\\t");
    Redacted shown = Redacted.of(visible, redactor).shortened(LONGEST_SHOWN);
    return "'" + shown + "'" + (line.endsWith("\n") ? "" : " without a newline at its end");
  }
}
