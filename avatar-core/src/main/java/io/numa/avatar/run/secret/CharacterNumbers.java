package io.numa.avatar.run.secret;

import io.numa.avatar.port.CommandRunner.OutputSink;

/**
 * Passes on the characters whose decimal numbers a text lists, such as 103, 104, also those of HTML
 * entities. A number of more than one byte becomes 0. Not thread-safe.
 */
final class CharacterNumbers implements OutputSink {
  private static final int MAX = 255;

  private final OutputSink out;
  private final byte[] one = new byte[1];

  /** The number so far; negative outside of a number, and above {@link #MAX} if it is too large. */
  private int number = -1;

  CharacterNumbers(OutputSink out) {
    this.out = out;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    for (int at = offset; at < offset + length; at++) {
      byte unit = buffer[at];
      if (unit >= '0' && unit <= '9') {
        number = Math.min(MAX + 1, 10 * Math.max(0, number) + unit - '0');
      } else if (number >= 0) {
        one[0] = number > MAX ? 0 : (byte) number;
        number = -1;
        out.write(one, 0, 1);
      }
    }
  }
}
