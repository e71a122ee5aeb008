package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.util.Arrays;
import java.util.function.Consumer;

/** Decodes UTF-8 that arrives in arbitrary pieces. Invalid bytes become U+FFFD. */
public final class Utf8Stream implements OutputSink, AutoCloseable {
  /**
   * The beginning of a character whose remaining bytes have not arrived yet: three bytes at most.
   */
  private byte[] pending = {};

  private final Consumer<String> out;

  public Utf8Stream(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
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
      out.accept(new String(bytes, 0, count, UTF_8));
    }
  }
}
