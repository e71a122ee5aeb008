package io.numa.avatar.git.internal.attributes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Converts text from one encoding to another. Throws a {@link CharacterCodingException} for bytes
 * that are no text in the one, or characters that the other lacks.
 */
final class TranscodingStream extends OutputStream {
  private static final int BUFFER = 1 << 13;

  private final OutputStream out;
  private final CharsetDecoder decoder;
  private final CharsetEncoder encoder;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
  private final CharBuffer characters = CharBuffer.allocate(BUFFER);
  private final ByteBuffer encoded = ByteBuffer.allocate(BUFFER);

  TranscodingStream(OutputStream out, Charset from, Charset to) {
    this.out = out;
    this.decoder =
        from.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    this.encoder =
        to.newEncoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    while (at < offset + length) {
      int count = Math.min(in.remaining(), offset + length - at);
      in.put(bytes, at, count);
      at += count;
      decode(false);
    }
  }

  private void decode(boolean end) throws IOException {
    in.flip();
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(in, characters, end);
      require(result);
      encode(false);
    }
    in.compact();
  }

  private void encode(boolean end) throws IOException {
    characters.flip();
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = encoder.encode(characters, encoded, end);
      require(result);
      drain();
    }
    characters.compact();
  }

  private void drain() throws IOException {
    out.write(encoded.array(), 0, encoded.position());
    encoded.clear();
  }

  private static void require(CoderResult result) throws CharacterCodingException {
    if (result.isError()) {
      result.throwException();
    }
  }

  @Override
  public void close() throws IOException {
    decode(true);
    while (decoder.flush(characters).isOverflow()) {
      encode(false);
    }
    encode(true);
    while (encoder.flush(encoded).isOverflow()) {
      drain();
    }
    drain();
  }
}
