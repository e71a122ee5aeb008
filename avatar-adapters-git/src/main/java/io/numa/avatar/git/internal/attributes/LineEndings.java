package io.numa.avatar.git.internal.attributes;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The line ends of a content, and whether Git takes the content for text under {@code text=auto}.
 * As in Git's convert.c ({@code gather_stats}, {@code convert_is_binary}), the whole content is
 * examined; JGit examines its beginning only.
 */
final class LineEndings extends OutputStream {
  private static final int END_OF_FILE = 26;
  private static final int NONE = -1;

  private int last = NONE;
  private long crlf;
  private long loneLf;
  private long loneCr;
  private long nul;
  private long printable;
  private long other;

  private LineEndings() {}

  /** Examines a content. */
  static LineEndings of(Content.Writing content) throws IOException {
    try (var ends = new LineEndings()) {
      content.to(ends);
      ends.count(NONE);
      if (ends.last == END_OF_FILE) {
        ends.other--;
      }
      return ends;
    }
  }

  @Override
  public void write(int value) {
    count(value & 0xff);
    last = value & 0xff;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }

  /** Counts the last byte; the next byte, or the end, is known now. */
  private void count(int next) {
    if (last == '\r') {
      crlf += next == '\n' ? 1 : 0;
      loneCr += next == '\n' ? 0 : 1;
    }
    if (next == '\n') {
      loneLf += last == '\r' ? 0 : 1;
    } else if (next != '\r' && next != NONE) {
      nul += next == 0 ? 1 : 0;
      printable += isPrintable(next) ? 1 : 0;
      other += isPrintable(next) ? 0 : 1;
    }
  }

  private static boolean isPrintable(int one) {
    return (one >= 32 && one != 127) || one == '\b' || one == '\t' || one == '\f' || one == 27;
  }

  boolean isText() {
    return loneCr == 0 && nul == 0 && printable >> 7 >= other;
  }

  boolean hasCrLf() {
    return crlf > 0;
  }

  /** Whether Git would convert lone LFs at checkout, if the file is a text by this examination. */
  boolean isTextWithoutCr() {
    return isText() && crlf == 0 && loneLf > 0;
  }
}
