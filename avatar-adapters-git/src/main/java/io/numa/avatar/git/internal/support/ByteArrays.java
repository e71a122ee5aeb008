package io.numa.avatar.git.internal.support;

import java.util.Arrays;

/** Array operations that {@link Arrays} lacks. */
public final class ByteArrays {
  private ByteArrays() {}

  public static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
