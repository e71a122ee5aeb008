package io.numa.avatar.git.internal.attributes;

import java.io.IOException;
import java.io.InputStream;

/**
 * The line ends of a content, and whether Git takes the content for text under {@code text=auto}.
 * As in Git's convert.c ({@code gather_stats}, {@code convert_is_binary}), the whole content is
 * examined; JGit examines its beginning only.
 */
public final class LineEndings {
  private static final int BUFFER = 1 << 16;
  private static final int END_OF_FILE = 26;

  private long crlf;
  private long loneCr;
  private long nul;
  private long printable;
  private long other;

  private LineEndings() {}

  /** Examines a content. */
  public static LineEndings of(InputStream content) throws IOException {
    var ends = new LineEndings();
    byte[] buffer = new byte[BUFFER];
    int last = -1;
    for (int count = content.read(buffer); count > 0; count = content.read(buffer)) {
      for (int i = 0; i < count; i++) {
        int next = buffer[i] & 0xff;
        ends.count(last, next);
        last = next;
      }
    }
    ends.count(last, -1);
    if (last == END_OF_FILE) {
      ends.other--;
    }
    return ends;
  }

  /** Counts a byte. The next byte, or the end, must be known already. */
  private void count(int one, int next) {
    if (one == '\r') {
      if (next == '\n') {
        crlf++;
      } else {
        loneCr++;
      }
    } else if (one == 0) {
      nul++;
      other++;
    } else if ((one >= 32 && one != 127)
        || one == '\b'
        || one == '\t'
        || one == '\f'
        || one == 27) {
      printable++;
    } else if (one > 0 && one != '\n') {
      other++;
    }
  }

  public boolean isText() {
    return loneCr == 0 && nul == 0 && printable >> 7 >= other;
  }

  public boolean hasCrLf() {
    return crlf > 0;
  }
}
