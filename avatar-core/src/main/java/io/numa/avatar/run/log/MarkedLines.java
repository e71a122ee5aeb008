package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.numa.avatar.text.Utf8Scan;
import java.nio.ByteBuffer;

/** Puts {@link RunLog#MARK} before each line that a command has printed. */
final class MarkedLines {
  private static final byte[] MARK = RunLog.MARK.getBytes(US_ASCII);

  private MarkedLines() {}

  /**
   * Marks the lines of a part of {@code text}.
   *
   * @param endsLine whether a line feed comes first
   * @param beginsLine whether the first line begins in this part, and so gets a mark
   */
  static byte[] of(byte[] text, int offset, int length, boolean endsLine, boolean beginsLine) {
    int end = offset + length;
    int marks = beginsLine ? 1 : 0;
    for (int at = lineEnd(text, offset, end); at < end; at = lineEnd(text, at, end)) {
      marks++;
    }
    var marked = ByteBuffer.allocate((endsLine ? 1 : 0) + marks * MARK.length + length);
    if (endsLine) {
      marked.put((byte) '\n');
    }
    if (beginsLine) {
      marked.put(MARK);
    }
    int from = offset;
    for (int at = lineEnd(text, from, end); at < end; at = lineEnd(text, at, end)) {
      marked.put(text, from, at - from).put(MARK);
      from = at;
    }
    return marked.put(text, from, end - from).array();
  }

  private static int lineEnd(byte[] text, int from, int end) {
    return Math.min(end, Utf8Scan.lineFeed(text, from, end) + 1);
  }
}
