package io.numa.avatar.egress.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Collects the head of an HTTP/1 request, which ends with an empty line. */
public final class RequestHeadReader {
  private static final int LONGEST = 64 * 1024;
  private static final int END = 0x0d0a0d0a;

  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private int lastFour;

  /**
   * Takes bytes up to the end of the head, and leaves those after it.
   *
   * @return empty as long as it needs more bytes
   */
  public Optional<RequestHead> read(ByteBuffer bytes) throws MalformedException {
    while (bytes.hasRemaining()) {
      take(bytes.get());
      if (lastFour == END) {
        return Optional.of(RequestHead.parse(head.toString(ISO_8859_1)));
      }
    }
    return Optional.empty();
  }

  /** A line that ends without CR, or a CR within a line, is the end of a line to some servers. */
  private void take(byte next) throws MalformedException {
    if ((next == '\n') != (head.size() > 0 && (lastFour & 0xff) == '\r')) {
      throw new MalformedException("a line of the request ends in an unusual way");
    }
    if (head.size() == LONGEST) {
      throw new MalformedException("the head of the request is too long");
    }
    head.write(next);
    lastFour = (lastFour << 8) | (next & 0xff);
  }
}
