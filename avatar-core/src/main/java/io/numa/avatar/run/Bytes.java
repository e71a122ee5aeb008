package io.numa.avatar.run;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Searching and replacing in bytes. */
final class Bytes {
  private Bytes() {}

  /** Where {@code sought} begins in {@code text}, from left to right without overlaps. */
  static List<Integer> occurrences(byte[] text, byte[] sought) {
    var places = new ArrayList<Integer>();
    for (int at = 0; at + sought.length <= text.length; ) {
      if (Arrays.equals(text, at, at + sought.length, sought, 0, sought.length)) {
        places.add(at);
        at += sought.length;
      } else {
        at++;
      }
    }
    return places;
  }

  /** Puts {@code replacement} in the place of the {@code length} bytes at each of the places. */
  static byte[] replace(byte[] text, List<Integer> places, int length, byte[] replacement) {
    var result = new ByteArrayOutputStream(text.length);
    int from = 0;
    for (int place : places) {
      result.write(text, from, place - from);
      result.writeBytes(replacement);
      from = place + length;
    }
    result.write(text, from, text.length - from);
    return result.toByteArray();
  }

  /** The number of the line, from 1, that the byte at {@code place} is in. */
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
