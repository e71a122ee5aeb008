package io.numa.avatar.egress.internal.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Reads the body of a client's hello (RFC 8446, 4.1.2; RFC 5246, 7.4.1.2). */
final class ClientHello {
  private static final int VERSION_AND_RANDOM = 2 + 32;
  private static final int SERVER_NAME = 0;
  private static final int HOST_NAME = 0;

  /**
   * Extensions in which the hello of another server is hidden: encrypted client hello (RFC 9849)
   * and its drafts. Browsers send it as grease, too, which looks the same.
   */
  private static final Set<Integer> HIDE_THE_NAME =
      Set.of(0xfe08, 0xfe09, 0xfe0a, 0xfe0b, 0xfe0c, 0xfe0d, 0xffce);

  private ClientHello() {}

  /** The server that the client asks for (RFC 6066, 3), or empty if it names none. */
  static Optional<String> serverName(ByteBuffer body) throws MalformedException {
    try {
      skip(body, VERSION_AND_RANDOM);
      part(body, body.get() & 0xff); // session
      part(body, body.getShort() & 0xffff); // cipher suites
      part(body, body.get() & 0xff); // compression methods
      return body.hasRemaining() ? ofExtensions(last(body)) : Optional.empty();
    } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new MalformedException("its hello of TLS is cut off");
    }
  }

  private static Optional<String> ofExtensions(ByteBuffer extensions) throws MalformedException {
    var types = new HashSet<Integer>();
    Optional<String> name = Optional.empty();
    while (extensions.hasRemaining()) {
      int type = extensions.getShort() & 0xffff;
      ByteBuffer value = part(extensions, extensions.getShort() & 0xffff);
      if (!types.add(type)) {
        throw new MalformedException("its hello of TLS has an extension twice");
      }
      if (HIDE_THE_NAME.contains(type)) {
        throw new MalformedException("its hello of TLS is encrypted, so that the name is not seen");
      }
      if (type == SERVER_NAME) {
        name = Optional.of(onlyName(last(value)));
      }
    }
    return name;
  }

  private static String onlyName(ByteBuffer names) throws MalformedException {
    int type = names.get() & 0xff;
    ByteBuffer name = last(names);
    if (type != HOST_NAME || !name.hasRemaining()) {
      throw new MalformedException("its hello of TLS names a server in an unknown way");
    }
    var text = new StringBuilder();
    while (name.hasRemaining()) {
      text.append((char) (name.get() & 0xff));
    }
    return text.toString();
  }

  /** A part with its length in two bytes before it, which must be all that is left. */
  private static ByteBuffer last(ByteBuffer from) throws MalformedException {
    ByteBuffer part = part(from, from.getShort() & 0xffff);
    if (from.hasRemaining()) {
      throw new MalformedException("its hello of TLS has more bytes than it tells");
    }
    return part;
  }

  private static ByteBuffer part(ByteBuffer from, int length) {
    ByteBuffer part = from.slice(from.position(), length);
    skip(from, length);
    return part;
  }

  private static void skip(ByteBuffer from, int length) {
    from.position(from.position() + length);
  }
}
