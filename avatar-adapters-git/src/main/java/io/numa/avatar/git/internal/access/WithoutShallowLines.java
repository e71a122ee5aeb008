package io.numa.avatar.git.internal.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;

/**
 * The refs that a shallow remote shows for a push, without the lines that tell where its history
 * ends. JGit takes these lines for damage, and a push does not need them: what it sends starts at a
 * ref of the remote. gitprotocol-pack(5), "Reference Discovery".
 */
final class WithoutShallowLines {
  private static final int LENGTH = 4;
  private static final byte[] SHALLOW = "shallow ".getBytes(US_ASCII);

  private WithoutShallowLines() {}

  /**
   * Reads the lines to the end of the stream, which is not longer than the list of refs.
   *
   * @return the stream from its first line that does not follow the protocol, with all before it
   */
  static InputStream of(InputStream in) throws IOException {
    var kept = new ByteArrayOutputStream();
    while (true) {
      byte[] length = in.readNBytes(LENGTH);
      int size = size(length);
      byte[] content = in.readNBytes(Math.max(0, size - LENGTH));
      if (!startsWithShallow(content)) {
        kept.write(length);
        kept.write(content);
      }
      if (size < 0) {
        return new SequenceInputStream(new ByteArrayInputStream(kept.toByteArray()), in);
      }
    }
  }

  /** The length of a line with its own four digits; negative if there is no such line. */
  private static int size(byte[] length) {
    String digits = new String(length, US_ASCII);
    return digits.matches("[0-9a-fA-F]{4}") ? Integer.parseInt(digits, 16) : -1;
  }

  private static boolean startsWithShallow(byte[] content) {
    return content.length > SHALLOW.length
        && Arrays.equals(content, 0, SHALLOW.length, SHALLOW, 0, SHALLOW.length);
  }
}
