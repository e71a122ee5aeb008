package io.numa.avatar.git;

import java.util.Arrays;

/** What {@link Arrays} lacks. */
final class Bytes {
  private Bytes() {}

  static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
