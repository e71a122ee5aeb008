package io.numa.avatar.run.log;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.util.Arrays;

/**
 * Passes on UTF-8 that arrives in arbitrary pieces as whole characters. {@link #close} passes on
 * the beginning of a character that did not get its end.
 */
final class WholeCharacters implements OutputSink, AutoCloseable {
  /** The beginning of a character whose other bytes have not arrived yet: three bytes at most. */
  private byte[] pending = {};

  private final OutputSink out;

  WholeCharacters(OutputSink out) {
    this.out = out;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    if (pending.length == 0 && length > 0 && buffer[offset + length - 1] >= 0) { // ends in ASCII
      out.write(buffer, offset, length);
      return;
    }
    byte[] bytes = Arrays.copyOf(pending, pending.length + length);
    System.arraycopy(buffer, offset, bytes, pending.length, length);
    int whole = Utf8.wholeCharacters(bytes, bytes.length);
    pending = Arrays.copyOfRange(bytes, whole, bytes.length);
    pass(bytes, whole);
  }

  @Override
  public void close() {
    byte[] rest = pending;
    pending = new byte[0];
    pass(rest, rest.length);
  }

  private void pass(byte[] bytes, int count) {
    if (count > 0) {
      out.write(bytes, 0, count);
    }
  }
}
