package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Carries bytes both ways. While one side does not take what it is sent, the other is not read; and
 * when one side ends, the other may go on.
 */
final class RelayStage implements Stage {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Connection connection;
  private final Passage passage;
  private final Gate gate;
  private final Endpoint host;

  private RelayStage(Connection connection, Passage passage, Gate gate, SocketChannel channel)
      throws IOException {
    this.connection = connection;
    this.passage = passage;
    this.gate = gate;
    this.host = new Endpoint(passage.reactor(), channel, new HostSide());
  }

  /**
   * Joins a client with its host as soon as there is a channel to that.
   *
   * @param received what the client has sent until now; the buffer may be used again
   */
  static Consumer<SocketChannel> with(
      Connection connection, Passage passage, Gate gate, ByteBuffer received) {
    ByteBuffer kept = ByteBuffer.allocate(received.remaining()).put(received).flip();
    return channel -> {
      try {
        var stage = new RelayStage(connection, passage, gate, channel);
        connection.become(stage);
        connection.client().resume();
        stage.received(kept);
      } catch (IOException e) {
        Reactor.closeQuietly(channel);
        connection.close();
      }
    };
  }

  @Override
  public void received(ByteBuffer bytes) {
    connection.touch();
    try {
      host.send(gate.pass(bytes));
      if (host.isBehind()) {
        connection.client().pause();
      }
    } catch (RefusedException e) {
      passage.refusals().count(e.refusal());
      connection.close();
    }
  }

  @Override
  public void ended() {
    host.finish();
    closeIfDone();
  }

  @Override
  public void drained() {
    host.resume();
    closeIfDone();
  }

  private void closeIfDone() {
    if (connection.client().isDone() && host.isDone()) {
      connection.close();
    }
  }

  @Override
  public Duration limit() {
    return passage.limits().idle();
  }

  @Override
  public void expired() {
    connection.close();
  }

  @Override
  public void close() {
    host.close();
  }

  /** The bytes of the host go to the client as they are. */
  private final class HostSide implements Endpoint.Owner {
    @Override
    public void received(ByteBuffer bytes) {
      connection.touch();
      connection.client().send(bytes);
      if (connection.client().isBehind()) {
        host.pause();
      }
    }

    @Override
    public void ended() {
      if (gate.endsWithHost()) {
        host.close();
        FarewellStage.begin(connection, NOTHING);
      } else {
        connection.client().finish();
        closeIfDone();
      }
    }

    @Override
    public void drained() {
      connection.client().resume();
      closeIfDone();
    }

    @Override
    public void broken() {
      connection.close();
    }
  }
}
