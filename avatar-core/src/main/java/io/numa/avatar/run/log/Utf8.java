package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;

/** Finds the ends of characters and lines in bytes of UTF-8. */
final class Utf8 {
  /** The most bytes that a character has. */
  static final int LONGEST = 4;

  private Utf8() {}

  /**
   * How many of the first {@code count} bytes are whole characters; leaves out one cut at their
   * end.
   */
  static int wholeCharacters(byte[] bytes, int count) {
    int start = count - 1;
    while (start > count - LONGEST && start > 0 && isContinuation(bytes[start])) {
      start--;
    }
    return count == 0 || start + lengthBy(bytes[start]) <= count ? count : start;
  }

  /** How many of the first {@code count} bytes are lines with a line end. */
  static int wholeLines(byte[] bytes, int count) {
    int end = count;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  /** Where the first character begins, after the end of one that is cut at the front. */
  static int firstCharacter(byte[] bytes) {
    int start = 0;
    while (start < Math.min(LONGEST, bytes.length) && isContinuation(bytes[start])) {
      start++;
    }
    return start;
  }

  private static boolean isContinuation(byte unit) {
    return (unit & 0xC0) == 0x80;
  }

  /** The length of the character that begins with this byte; 1 if no character does. */
  private static int lengthBy(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return ones >= 2 && ones <= LONGEST ? ones : 1;
  }

  /**
   * Decodes bytes into a text of the same length in UTF-8, with a question mark for each byte that
   * is not UTF-8. So offsets stay correct even if the disk has damaged the file.
   */
  static String decode(byte[] bytes, int count) {
    String valid = new String(bytes, 0, count, UTF_8);
    return valid.indexOf('\uFFFD') < 0 ? valid : decodeDamaged(bytes, count);
  }

  private static String decodeDamaged(byte[] bytes, int count) {
    var decoder = UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(bytes, 0, count);
    var text = CharBuffer.allocate(count);
    for (var result = decoder.decode(in, text, true);
        result.isError();
        result = decoder.decode(in, text, true)) {
      text.put("?".repeat(result.length()));
      in.position(in.position() + result.length());
    }
    return text.flip().toString();
  }
}
