package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.util.function.Consumer;

/** Decodes UTF-8 that arrives in arbitrary pieces. Invalid bytes become U+FFFD. */
public final class Utf8Stream implements OutputSink, AutoCloseable {
  private final WholeCharacters bytes;

  public Utf8Stream(Consumer<String> out) {
    bytes =
        new WholeCharacters(
            (buffer, offset, length) -> out.accept(new String(buffer, offset, length, UTF_8)));
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    bytes.write(buffer, offset, length);
  }

  @Override
  public void close() {
    bytes.close();
  }
}
