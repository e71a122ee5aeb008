package io.numa.avatar.egress.internal.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Collects the first bytes of a connection until they tell what it is. A hello of TLS may come in
 * any number of records (RFC 8446, 5.1).
 */
public final class OpeningReader {
  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int RECORD_HEADER = 5;
  private static final int LONGEST_RECORD = 1 << 14;
  private static final int HELLO_HEADER = 4;
  private static final int LONGEST_HELLO = 1 << 14;

  /** Leaves room for the headers of records, but not for a record to each byte. */
  private static final int LONGEST = LONGEST_HELLO + 2048;

  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final ByteArrayOutputStream hello = new ByteArrayOutputStream();
  private int read;

  /**
   * Takes all of {@code bytes}.
   *
   * @return empty as long as it needs more bytes
   */
  public Optional<Opening> read(ByteBuffer bytes) throws MalformedException {
    var chunk = new byte[bytes.remaining()];
    bytes.get(chunk);
    received.writeBytes(chunk);
    return opening(received.toByteArray());
  }

  /** All bytes that it has taken. */
  public ByteBuffer received() {
    return ByteBuffer.wrap(received.toByteArray());
  }

  private Optional<Opening> opening(byte[] bytes) throws MalformedException {
    var all = ByteBuffer.wrap(bytes);
    if (!mayBeHello(all)) {
      return Optional.of(new Opening.Other());
    }
    while (all.limit() - read >= RECORD_HEADER) {
      int length = all.getShort(read + 3) & 0xffff;
      requireRecord(all, length);
      if (all.limit() - read - RECORD_HEADER < length) {
        break;
      }
      hello.write(bytes, read + RECORD_HEADER, length);
      read += RECORD_HEADER + length;
      requireShort(read);
      if (isWhole()) {
        return Optional.of(new Opening.Hello(ClientHello.serverName(body())));
      }
    }
    requireShort(all.limit());
    return Optional.empty();
  }

  private static void requireShort(int length) throws MalformedException {
    if (length > LONGEST) {
      throw new MalformedException("its hello of TLS is too long");
    }
  }

  /**
   * Whether the bytes so far are those of a hello. Servers differ in which versions they accept, so
   * that the version is looked at later; and a record that is empty might precede the hello.
   */
  private static boolean mayBeHello(ByteBuffer all) {
    if (all.hasRemaining() && all.get(0) != HANDSHAKE) {
      return false;
    }
    boolean typeKnown = all.limit() > RECORD_HEADER && all.getShort(3) != 0;
    return !typeKnown || all.get(RECORD_HEADER) == CLIENT_HELLO;
  }

  private void requireRecord(ByteBuffer all, int length) throws MalformedException {
    if (all.get(read) != HANDSHAKE || all.get(read + 1) != 3 || all.get(read + 2) > 4) {
      throw new MalformedException("its hello of TLS is not in records of a known version");
    }
    if (length == 0 || length > LONGEST_RECORD) {
      throw new MalformedException("its hello of TLS has a record of a wrong length");
    }
  }

  private boolean isWhole() throws MalformedException {
    if (hello.size() < HELLO_HEADER) {
      return false;
    }
    int length = ByteBuffer.wrap(hello.toByteArray()).getInt() & 0xffffff;
    if (length > LONGEST_HELLO) {
      throw new MalformedException("its hello of TLS is too long");
    }
    if (hello.size() > HELLO_HEADER + length) {
      throw new MalformedException("its hello of TLS is followed by another message");
    }
    return hello.size() == HELLO_HEADER + length;
  }

  private ByteBuffer body() {
    byte[] all = hello.toByteArray();
    return ByteBuffer.wrap(all, HELLO_HEADER, all.length - HELLO_HEADER).slice();
  }
}
