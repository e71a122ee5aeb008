package io.numa.avatar.agent.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.port.CommandRunner.OutputSink;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON objects, one a line, out of a process's output. Lines of any length need a bounded
 * amount of memory: strings over 1,048,576 characters are cut, and of objects that are still too
 * large, the rest is left out. Invalid UTF-8 is replaced. Lines that are no JSON objects are given
 * as text.
 *
 * <p>Not thread-safe; a process gives its output one piece at a time.
 */
public final class JsonLines implements OutputSink {
  private static final int CHARS = 8 * 1024;

  private final Reader reader;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final CharBuffer chars = CharBuffer.allocate(CHARS);

  /** The bytes of a character that the next piece continues. */
  private ByteBuffer rest = ByteBuffer.allocate(0);

  private JsonLine line = new JsonLine();

  public JsonLines(Reader reader) {
    this.reader = reader;
  }

  /** Receives the lines, in order. */
  public interface Reader {
    /** A line that is a JSON object. */
    void message(ObjectNode message);

    /** A line that is none, without its end; a long one is cut. */
    void text(String text);
  }

  @Override
  public void write(byte[] buffer, int offset, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(rest.remaining() + length);
    bytes.put(rest).put(buffer, offset, length).flip();
    boolean more = true;
    while (more) {
      more = decoder.decode(bytes, chars, false).isOverflow();
      chars.flip();
      read(chars);
      chars.clear();
    }
    rest = bytes;
  }

  /** Gives the last line, if it has no end. */
  public void end() {
    endLine();
  }

  private void read(CharBuffer piece) {
    while (piece.hasRemaining()) {
      char next = piece.get();
      if (next == '\n') {
        endLine();
      } else {
        line.append(next);
      }
    }
  }

  private void endLine() {
    JsonLine whole = line;
    line = new JsonLine();
    whole.end(reader);
  }
}
