package io.numa.avatar.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.WorkspacePath;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.patch.HunkHeader;
import org.eclipse.jgit.util.RawParseUtils;

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

  byte[] apply(byte[] content) {
    List<byte[]> lines = lines(content, 0, content.length);
    var result = new ByteArrayOutputStream(content.length);
    int done = 0;
    int moved = 0;
    for (int i = 0; i < hunks.size(); i++) {
      Hunk hunk = Hunk.of(hunks.get(i));
      int expected = hunk.start() + moved;
      int at = find(lines, hunk, expected, done);
      if (at < 0) {
        throw conflict(lines, hunk, i, Math.max(done, expected));
      }
      lines.subList(done, at).forEach(result::writeBytes);
      hunk.after().forEach(result::writeBytes);
      done = at + hunk.before().size();
      moved = at - hunk.start();
    }
    lines.subList(done, lines.size()).forEach(result::writeBytes);
    return result.toByteArray();
  }

  /** The place nearest to the expected one where the hunk fits, or -1. */
  private static int find(List<byte[]> lines, Hunk hunk, int expected, int from) {
    int last = lines.size() - hunk.before().size();
    if (hunk.withoutContext()) {
      return expected >= from && fits(lines, hunk, expected) ? expected : -1;
    }
    int reach = Math.max(Math.abs(expected - from), Math.abs(last - expected));
    for (int distance = 0; distance <= reach; distance++) {
      for (int at : new int[] {expected - distance, expected + distance}) {
        if (at >= from
            && at <= last
            && (!hunk.atBeginning() || at == 0)
            && (!hunk.atEnd() || at == last)
            && fits(lines, hunk, at)) {
          return at;
        }
      }
    }
    return -1;
  }

  private static boolean fits(List<byte[]> lines, Hunk hunk, int at) {
    return at >= 0
        && at + hunk.before().size() <= lines.size()
        && firstDifference(lines, hunk, at) == hunk.before().size();
  }

  private static int firstDifference(List<byte[]> lines, Hunk hunk, int at) {
    int same = 0;
    while (same < hunk.before().size()
        && at + same < lines.size()
        && Arrays.equals(lines.get(at + same), hunk.before().get(same))) {
      same++;
    }
    return same;
  }

  private RuntimeException conflict(List<byte[]> lines, Hunk hunk, int index, int expected) {
    int at = Math.min(Math.max(0, expected), lines.size());
    int same = firstDifference(lines, hunk, at);
    String where = "hunk " + (index + 1) + " of " + hunks.size() + " does not fit";
    if (same == hunk.before().size()) {
      return PatchConflict.at(
          path, where + ": its lines are at line " + (at + 1) + ", but not where it belongs");
    }
    String found = at + same < lines.size() ? quoted(lines.get(at + same)) : "the end of the file";
    return PatchConflict.at(
        path,
        (where + " at line " + (at + same + 1))
            + (": expected " + quoted(hunk.before().get(same)) + ", found " + found));
  }

  /** With what is invisible at its end, as that may be all the difference. */
  private static String quoted(byte[] line) {
    String text = new String(line, UTF_8);
    String shown = text.replace("\r", "\\r").replace("\n", "").replace("\t", "\\t");
    String cut = shown.length() > 200 ? shown.substring(0, 200) + "…" : shown;
    return "'" + cut + "'" + (text.endsWith("\n") ? "" : " without a newline at its end");
  }

  private static List<byte[]> lines(byte[] text, int from, int to) {
    List<byte[]> lines = new ArrayList<>();
    for (int at = from; at < to; ) {
      int next = Math.min(RawParseUtils.nextLF(text, at), to);
      lines.add(Arrays.copyOfRange(text, at, next));
      at = next;
    }
    return lines;
  }

  /**
   * The lines of a hunk before and after the change.
   *
   * @param start where it begins, counted from 0
   */
  private record Hunk(
      int start,
      List<byte[]> before,
      List<byte[]> after,
      boolean atBeginning,
      boolean atEnd,
      boolean withoutContext) {

    static Hunk of(HunkHeader header) {
      byte[] text = header.getBuffer();
      int body = RawParseUtils.nextLF(text, header.getStartOffset());
      List<byte[]> before = new ArrayList<>();
      List<byte[]> after = new ArrayList<>();
      int context = 0;
      int trailing = 0;
      char last = ' ';
      for (byte[] line : lines(text, body, header.getEndOffset())) {
        char kind = line[0] == '\n' ? ' ' : (char) line[0];
        if (kind == '\\') {
          dropNewline(
              last == '+'
                  ? List.of(after)
                  : last == '-' ? List.of(before) : List.of(before, after));
          continue;
        }
        if (before.size() == header.getOldImage().getLineCount()
            && after.size() == header.getNewLineCount()) {
          break; // a mail's signature may follow
        }
        byte[] rest = line[0] == '\n' ? line : Arrays.copyOfRange(line, 1, line.length);
        if (kind != '+') {
          before.add(rest);
        }
        if (kind != '-') {
          after.add(rest);
        }
        context += kind == ' ' ? 1 : 0;
        trailing = kind == ' ' ? trailing + 1 : 0;
        last = kind;
      }
      int count = header.getOldImage().getLineCount();
      int start = header.getOldImage().getStartLine() - (count == 0 ? 0 : 1);
      boolean bare = context == 0 && count > 0;
      return new Hunk(Math.max(0, start), before, after, start <= 0, trailing == 0 && !bare, bare);
    }

    private static void dropNewline(List<List<byte[]>> sides) {
      for (List<byte[]> side : sides) {
        int last = side.size() - 1;
        byte[] line = side.get(last);
        side.set(last, Arrays.copyOf(line, line.length - 1));
      }
    }
  }
}
