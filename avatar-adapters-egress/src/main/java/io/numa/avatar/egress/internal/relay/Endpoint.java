package io.numa.avatar.egress.internal.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One of the two sockets of a connection, and the bytes that it does not take yet. */
final class Endpoint implements Ready {
  /** Is told what comes from the socket. */
  interface Owner {
    /** The bytes are gone when the method returns. */
    void received(ByteBuffer bytes);

    /** The other side sends no more. */
    void ended();

    /** All bytes that were to be sent are sent. */
    void drained();

    void broken();
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Reactor reactor;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final Owner owner;
  private ByteBuffer unsent = NOTHING;
  private boolean paused;
  private boolean ended;
  private boolean finishing;

  Endpoint(Reactor reactor, SocketChannel channel, Owner owner) throws IOException {
    this.reactor = reactor;
    this.channel = channel;
    this.owner = owner;
    this.key = reactor.register(channel, SelectionKey.OP_READ, this);
  }

  @Override
  public void ready(SelectionKey ready) {
    try {
      if (ready.isValid() && ready.isWritable()) {
        flush();
      }
      if (ready.isValid() && ready.isReadable()) {
        read();
      }
    } catch (IOException e) {
      owner.broken();
    }
  }

  private void read() throws IOException {
    ByteBuffer chunk = reactor.chunk();
    if (channel.read(chunk) < 0) {
      ended = true;
      watch();
      owner.ended();
    } else {
      owner.received(chunk.flip());
    }
  }

  /** Sends what the socket takes now, and keeps the rest until it takes more. */
  void send(ByteBuffer bytes) {
    try {
      if (!unsent.hasRemaining()) {
        channel.write(bytes);
      }
      keep(bytes);
      watch();
    } catch (IOException e) {
      owner.broken();
    }
  }

  private void keep(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      var all = ByteBuffer.allocate(unsent.remaining() + bytes.remaining());
      unsent = all.put(unsent).put(bytes).flip();
    }
  }

  private void flush() throws IOException {
    channel.write(unsent);
    if (!unsent.hasRemaining()) {
      unsent = NOTHING;
      if (finishing) {
        channel.shutdownOutput();
      }
      watch();
      owner.drained();
    }
  }

  /** Tells the other side that nothing more comes, after what is still to be sent. */
  void finish() {
    finishing = true;
    if (!unsent.hasRemaining()) {
      try {
        channel.shutdownOutput();
      } catch (IOException e) {
        owner.broken();
      }
    }
  }

  /** Whether it has bytes that the socket does not take yet. */
  boolean isBehind() {
    return unsent.hasRemaining();
  }

  /** Whether nothing more is to be sent, or to come. */
  boolean isDone() {
    return ended && finishing && !unsent.hasRemaining();
  }

  /** Reads no more until {@link #resume}. */
  void pause() {
    paused = true;
    watch();
  }

  void resume() {
    paused = false;
    watch();
  }

  void close() {
    Reactor.closeQuietly(channel);
  }

  private void watch() {
    if (key.isValid()) {
      int reads = paused || ended ? 0 : SelectionKey.OP_READ;
      key.interestOps(reads | (unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0));
    }
  }
}
