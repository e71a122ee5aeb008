package io.numa.avatar.port;

/**
 * A piece of an attempt's log. Each piece begins where the one before ended, without gap or
 * overlap.
 *
 * @param offset of its first byte in the attempt's log, in bytes of UTF-8, from 0
 * @param text whole characters, normally whole lines
 */
public record LogChunk(long offset, String text) {
  /** The offset of the first byte after this chunk. */
  public long end() {
    return offset + length(text);
  }

  /** How many bytes a text has in a log; the text is not copied, as it can be large. */
  public static long length(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit >= 0x800 && !Character.isSurrogate(unit)) {
        bytes += 2;
      } else if (unit >= 0x80 && !Character.isSurrogate(unit)) {
        bytes += 1;
      } else if (Character.isHighSurrogate(unit) && isLow(text, i + 1)) {
        bytes += 2; // Four bytes for two units; half a pair is encoded as one question mark.
        i++;
      }
    }
    return bytes;
  }

  private static boolean isLow(String text, int index) {
    return index < text.length() && Character.isLowSurrogate(text.charAt(index));
  }
}
