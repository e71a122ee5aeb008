package io.numa.avatar.git.internal.patch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.eclipse.jgit.util.RawParseUtils;

/** The lines of a text, as ranges of its bytes, so that a million lines need no million arrays. */
final class LineSlices {
  private final byte[] text;
  private int[] bounds = new int[32];
  private int size;

  LineSlices(byte[] text) {
    this.text = text;
  }

  /** The lines between two positions of a text, each with its line end. */
  static LineSlices lines(byte[] text, int from, int to) {
    var lines = new LineSlices(text);
    for (int at = from; at < to; ) {
      int next = Math.min(RawParseUtils.nextLF(text, at), to);
      lines.add(at, next);
      at = next;
    }
    return lines;
  }

  void add(int from, int to) {
    if (bounds.length < 2 * size + 2) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * size] = from;
    bounds[2 * size + 1] = to;
    size++;
  }

  /** Removes the last byte from the last line. */
  void shortenLast() {
    bounds[2 * size - 1]--;
  }

  int size() {
    return size;
  }

  int start(int line) {
    return bounds[2 * line];
  }

  int end(int line) {
    return bounds[2 * line + 1];
  }

  boolean same(int line, LineSlices other, int otherLine) {
    return Arrays.equals(
        text, start(line), end(line), other.text, other.start(otherLine), other.end(otherLine));
  }

  String string(int line) {
    return new String(text, start(line), end(line) - start(line), UTF_8);
  }

  void write(int from, int to, OutputStream out) throws IOException {
    for (int line = from; line < to; line++) {
      out.write(text, start(line), end(line) - start(line));
    }
  }
}
