package io.numa.avatar.run.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.port.CommandRunner.OutputSink;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.function.Consumer;

/** Decodes UTF-8 that arrives in arbitrary pieces. Invalid bytes become U+FFFD. */
public final class Utf8Stream implements OutputSink, AutoCloseable {
  private final CharsetDecoder decoder =
      UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  /**
   * The beginning of a character whose remaining bytes have not arrived yet: three bytes at most.
   */
  private ByteBuffer pending = ByteBuffer.allocate(0);

  private final Consumer<String> out;

  public Utf8Stream(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    var input = ByteBuffer.allocate(pending.remaining() + length);
    input.put(pending).put(buffer, offset, length).flip();
    pending = input;
    decode(input, false);
  }

  @Override
  public void close() {
    decode(pending, true);
  }

  private void decode(ByteBuffer input, boolean end) {
    var text = CharBuffer.allocate(input.remaining() + 1);
    decoder.decode(input, text, end);
    if (end) {
      decoder.flush(text);
    }
    if (text.flip().hasRemaining()) {
      out.accept(text.toString());
    }
  }
}
