package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;
import org.eclipse.jgit.patch.HunkHeader;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * The lines of a hunk before and after the change.
 *
 * @param start its first line in the original file, counted from 0
 * @param place its first line after the previous hunks are applied, counted from 0
 * @param atBeginning whether it must fit at the file's beginning
 * @param atEnd whether it must fit at the file's end
 * @param withoutContext whether it has no unchanged line, so that only its line number says where
 *     it belongs
 */
record Hunk(
    int start,
    int place,
    LineSlices before,
    LineSlices after,
    boolean atBeginning,
    boolean atEnd,
    boolean withoutContext) {
  private static final Pattern HEADER =
      Pattern.compile("@@ -([0-9]{1,9})(,[0-9]{1,9})? \\+([0-9]{1,9})(,[0-9]{1,9})? @@");

  static Hunk of(HunkHeader header) {
    byte[] text = header.getBuffer();
    int body = RawParseUtils.nextLF(text, header.getStartOffset());
    requireHeader(new String(text, header.getStartOffset(), body - header.getStartOffset(), UTF_8));
    int oldLines = header.getOldImage().getLineCount();
    var before = new LineSlices(text);
    var after = new LineSlices(text);
    int context = 0;
    int trailing = 0;
    char last = '\\';
    for (int at = body; at < header.getEndOffset(); ) {
      int next = Math.min(RawParseUtils.nextLF(text, at), header.getEndOffset());
      char kind = text[at] == '\n' ? ' ' : (char) text[at];
      if (kind == '\\') {
        dropNewline(last, before, after);
        last = kind;
        at = next;
        continue;
      }
      if (before.size() == oldLines && after.size() == header.getNewLineCount()) {
        break; // the signature of a mail may follow
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
    int oldStart = header.getOldImage().getStartLine();
    return new Hunk(
        Math.max(0, oldLines == 0 ? oldStart : oldStart - 1),
        Math.max(0, header.getNewStartLine() - 1),
        before,
        after,
        oldStart <= 1,
        trailing == 0,
        context == 0);
  }

  /** Checks the header; JGit reads missing numbers as zeros. */
  private static void requireHeader(String line) {
    if (!HEADER.matcher(line).lookingAt()) {
      throw PatchConflict.invalid("the header of a hunk is damaged: '" + line.strip() + "'");
    }
  }

  private static void dropNewline(char last, LineSlices before, LineSlices after) {
    if (last == '\\') {
      throw PatchConflict.invalid(
          "'\\ No newline at end of file' does not follow a line of a hunk");
    }
    if (last != '+') {
      before.shortenLast();
    }
    if (last != '-') {
      after.shortenLast();
    }
  }

  /** How many of the lines before the change match {@code lines} from {@code at} on. */
  int fitting(LineSlices lines, int at) {
    int same = 0;
    while (same < before.size()
        && at + same < lines.size()
        && before.same(same, lines, at + same)) {
      same++;
    }
    return same;
  }
}
