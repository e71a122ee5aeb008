package io.numa.avatar.egress.internal.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/**
 * A connection of a sandbox, from its first line to its end. It goes from stage to stage. Runs on
 * the reactor's thread.
 */
final class Connection implements Endpoint.Owner {
  private final Reactor reactor;
  private final Consumer<Connection> atEnd;
  private final Endpoint client;
  private Stage stage = new ClosedStage();
  private long since;
  private boolean closed;

  /**
   * @param atEnd is told once that it is closed
   */
  Connection(Reactor reactor, SocketChannel channel, Consumer<Connection> atEnd)
      throws IOException {
    this.reactor = reactor;
    this.atEnd = atEnd;
    this.client = new Endpoint(reactor, channel, this);
  }

  Endpoint client() {
    return client;
  }

  /** Goes on with another stage. */
  void become(Stage next) {
    stage = next;
    touch();
  }

  /** Goes on with another stage, which has already received {@code bytes}. */
  void become(Stage next, ByteBuffer bytes) {
    become(next);
    if (bytes.hasRemaining()) {
      received(bytes);
    }
  }

  /** Grants the stage its whole time again. */
  void touch() {
    since = reactor.nanoTime();
  }

  @Override
  public void received(ByteBuffer bytes) {
    stage.received(bytes);
  }

  @Override
  public void ended() {
    stage.ended();
  }

  @Override
  public void drained() {
    stage.drained();
  }

  @Override
  public void broken() {
    close();
  }

  /** Ends the stage if it has lasted too long. */
  void expire() {
    if (reactor.nanoTime() - since > stage.limit().toNanos()) {
      stage.expired();
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      Stage last = stage;
      stage = new ClosedStage();
      last.close();
      client.close();
      atEnd.accept(this);
    }
  }
}
