package io.numa.avatar.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks through bytes of UTF-8, eight at a time where they are ASCII. */
public final class Utf8Scan {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** The lowest bit of each of eight bytes. */
  private static final long ONES = 0x0101_0101_0101_0101L;

  /** The highest bit of each of eight bytes. */
  private static final long HIGHEST = ONES << 7;

  private Utf8Scan() {}

  /** The index of the first line feed in a range; {@code end} if there is none. */
  public static int lineFeed(byte[] bytes, int from, int end) {
    int at = from;
    while (at + Long.BYTES <= end) {
      long found = zeros((long) EIGHT.get(bytes, at) ^ '\n' * ONES);
      if (found != 0) {
        return at + first(found);
      }
      at += Long.BYTES;
    }
    while (at < end && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  /**
   * The end of the plain characters at the start of a range: of all but control characters other
   * than tabs and line feeds, LS, PS, and what overrides the direction of text. Bytes that are not
   * UTF-8 are not plain.
   */
  static int plainEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end) {
      at = printableEnd(bytes, at, end);
      int length = at < end && isPlain(bytes, at) ? length(bytes, at, end) : 0;
      if (length == 0) {
        return at;
      }
      at += length;
    }
    return at;
  }

  /** The end of the printable ASCII at the start of a range, or up to seven bytes before it. */
  private static int printableEnd(byte[] bytes, int from, int end) {
    int at = from;
    while (at + Long.BYTES <= end) {
      long eight = (long) EIGHT.get(bytes, at);
      long controls = (eight - ' ' * ONES) & ~eight;
      long found = (eight | controls | zeros(eight ^ 0x7f * ONES)) & HIGHEST;
      if (found != 0) {
        return at + first(found);
      }
      at += Long.BYTES;
    }
    return at;
  }

  /** Sets the highest bit of each byte that is 0; of those after the first one, perhaps of more. */
  private static long zeros(long eight) {
    return (eight - ONES) & ~eight & HIGHEST;
  }

  private static int first(long marked) {
    return Long.numberOfTrailingZeros(marked) / Byte.SIZE;
  }

  /** Whether a character, if it is one, is plain. */
  private static boolean isPlain(byte[] bytes, int at) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return (first >= ' ' && first < 0x7f) || first == '\t' || first == '\n';
    }
    if (first != 0xc2 && first != 0xe2) {
      return true;
    }
    int second = at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0;
    if (first == 0xc2) {
      return second >= 0xa0; // else an eight-bit control character
    }
    int third = at + 2 < bytes.length ? bytes[at + 2] & 0xff : 0;
    boolean ends = second == 0x80 && third >= 0xa8 && third <= 0xae; // U+2028 to U+202E
    boolean isolates = second == 0x81 && third >= 0xa6 && third <= 0xa9; // U+2066 to U+2069
    return !ends && !isolates;
  }

  /** The length of the character at the start of a range; 0 if there is no whole valid one. */
  static int length(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xff;
    if (first < 0x80) {
      return 1;
    }
    int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (first < 0xc2 || first > 0xf4 || at + length > end) {
      return 0;
    }
    int second = bytes[at + 1] & 0xff;
    int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
