package io.numa.avatar.git;

import org.eclipse.jgit.patch.HunkHeader;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * The lines of a hunk before and after the change.
 *
 * @param start the line where it begins, counted from 0
 * @param atBeginning whether it must fit at the file's beginning
 * @param atEnd whether it must fit at the file's end
 * @param withoutContext whether it has no line that stays, so that only its place is known
 */
record Hunk(
    int start,
    Slices before,
    Slices after,
    boolean atBeginning,
    boolean atEnd,
    boolean withoutContext) {

  static Hunk of(HunkHeader header) {
    byte[] text = header.getBuffer();
    int oldLines = header.getOldImage().getLineCount();
    int body = RawParseUtils.nextLF(text, header.getStartOffset());
    var before = new Slices(text);
    var after = new Slices(text);
    int context = 0;
    int trailing = 0;
    char last = ' ';
    for (int at = body; at < header.getEndOffset(); ) {
      int next = Math.min(RawParseUtils.nextLF(text, at), header.getEndOffset());
      char kind = text[at] == '\n' ? ' ' : (char) text[at];
      if (kind == '\\') {
        dropNewline(last, before, after);
        at = next;
        continue;
      }
      if (before.size() == oldLines && after.size() == header.getNewLineCount()) {
        break; // a mail's signature may follow
      }
      int from = text[at] == '\n' ? at : at + 1; // mailers drop spaces at the end of lines
      if (kind != '+') {
        before.add(from, next);
      }
      if (kind != '-') {
        after.add(from, next);
      }
      context += kind == ' ' ? 1 : 0;
      trailing = kind == ' ' ? trailing + 1 : 0;
      last = kind;
      at = next;
    }
    int start = header.getOldImage().getStartLine() - (oldLines == 0 ? 0 : 1);
    boolean bare = context == 0 && oldLines > 0;
    return new Hunk(Math.max(0, start), before, after, start <= 0, trailing == 0 && !bare, bare);
  }

  private static void dropNewline(char last, Slices before, Slices after) {
    if (last != '+') {
      before.shortenLast();
    }
    if (last != '-') {
      after.shortenLast();
    }
  }

  /** How many of the lines before the change are in {@code lines} from {@code at} on. */
  int fitting(Slices lines, int at) {
    int same = 0;
    while (same < before.size()
        && at + same < lines.size()
        && before.same(same, lines, at + same)) {
      same++;
    }
    return same;
  }

  /** Whether it may be at that line, as far as beginning and end of the file go. */
  boolean mayBeAt(int at, Slices lines) {
    int last = lines.size() - before.size();
    return at >= 0 && at <= last && (!atBeginning || at == 0) && (!atEnd || at == last);
  }
}
