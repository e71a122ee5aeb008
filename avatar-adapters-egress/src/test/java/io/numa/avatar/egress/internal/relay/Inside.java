package io.numa.avatar.egress.internal.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A connection of a process in a sandbox, as its helper makes it. */
public final class Inside implements AutoCloseable {
  private final SocketChannel channel;

  private Inside(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects, and sends the line that begins a connection. */
  public static Inside connect(Path socket, String line) throws IOException {
    return open(socket).send(line + "\n");
  }

  /** Connects. */
  public static Inside open(Path socket) throws IOException {
    return new Inside(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
  }

  public Inside send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  public Inside send(byte[] bytes) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  public Inside finish() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  /** The next bytes. */
  public String receive(int length) throws IOException {
    var buffer = ByteBuffer.allocate(length);
    int more;
    do {
      more = channel.read(buffer);
    } while (more >= 0 && buffer.hasRemaining());
    return ISO_8859_1.decode(buffer.flip()).toString();
  }

  /** All bytes up to the end. */
  public String receiveAll() throws IOException {
    var all = new StringBuilder();
    var buffer = ByteBuffer.allocate(1 << 16);
    while (channel.read(buffer.clear()) >= 0) {
      all.append(ISO_8859_1.decode(buffer.flip()));
    }
    return all.toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
