package io.numa.avatar.egress.internal.relay;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The client gets the last bytes, and what it still sends is dropped. If the connection closed at
 * once, the client might fail to send its request, and never read the answer.
 */
final class FarewellStage implements Stage {
  private static final Duration TO_SEND = Duration.ofMinutes(1);
  private static final Duration TO_CLOSE = Duration.ofSeconds(2);

  private final Connection connection;

  private FarewellStage(Connection connection) {
    this.connection = connection;
  }

  /** Ends a connection, whose client gets {@code last} first. */
  static void begin(Connection connection, ByteBuffer last) {
    var stage = new FarewellStage(connection);
    connection.become(stage);
    connection.client().resume();
    connection.client().send(last);
    connection.client().finish();
    stage.closeIfDone();
  }

  @Override
  public void received(ByteBuffer bytes) {}

  @Override
  public void ended() {
    closeIfDone();
  }

  @Override
  public void drained() {
    connection.touch();
    closeIfDone();
  }

  private void closeIfDone() {
    if (connection.client().isDone()) {
      connection.close();
    }
  }

  @Override
  public Duration limit() {
    return connection.client().isBehind() ? TO_SEND : TO_CLOSE;
  }

  @Override
  public void expired() {
    connection.close();
  }
}
