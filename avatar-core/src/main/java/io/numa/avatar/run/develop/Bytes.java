package io.numa.avatar.run.develop;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Searches and replaces in bytes. */
final class Bytes {
  private Bytes() {}

  /**
   * The places where a text was found.
   *
   * @param first the first of them, as offsets; there may be as many places as the text has bytes
   */
  record Places(int count, List<Integer> first) {}

  /**
   * Finds the places where {@code sought} begins in {@code text}, from left to right without
   * overlaps.
   */
  static Places occurrences(byte[] text, byte[] sought, int limit) {
    int count = 0;
    var first = new ArrayList<Integer>();
    for (int at = find(text, sought, 0); at >= 0; at = find(text, sought, at + sought.length)) {
      count++;
      if (first.size() < limit) {
        first.add(at);
      }
    }
    return new Places(count, first);
  }

  /** Writes the text, and replaces each {@code sought} by {@code replacement}. */
  static void replace(byte[] text, byte[] sought, byte[] replacement, OutputStream out)
      throws IOException {
    int from = 0;
    for (int at = find(text, sought, 0); at >= 0; at = find(text, sought, from)) {
      out.write(text, from, at - from);
      out.write(replacement, 0, replacement.length);
      from = at + sought.length;
    }
    out.write(text, from, text.length - from);
  }

  private static int find(byte[] text, byte[] sought, int from) {
    for (int at = from; at <= text.length - sought.length; at++) {
      if (Arrays.equals(text, at, at + sought.length, sought, 0, sought.length)) {
        return at;
      }
    }
    return -1;
  }

  /** The number of the line, from 1, that contains the byte at {@code place}. */
  static int lineOf(byte[] text, int place) {
    int line = 1;
    for (int i = 0; i < place; i++) {
      if (text[i] == '\n') {
        line++;
      }
    }
    return line;
  }
}
