package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.Refusal;
import io.numa.avatar.egress.internal.policy.Route;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects to the host, while the client waits. */
final class DialStage implements Stage, Lookups.Result, Dial.Result {
  private final Connection connection;
  private final Passage passage;
  private final Failing failing;
  private final Consumer<SocketChannel> then;
  private @Nullable Dial dial;
  private boolean over;

  /**
   * @param then receives the channel to the host
   */
  DialStage(Connection connection, Passage passage, Failing failing, Consumer<SocketChannel> then) {
    this.connection = connection;
    this.passage = passage;
    this.failing = failing;
    this.then = then;
  }

  /** Connects to where a route leads. */
  void start(Route.Open route) {
    if (route instanceof Route.Local local) {
      start(local.addresses());
    } else {
      start(((Route.Outside) route).host());
    }
  }

  /** Connects to a host that is allowed. */
  void start(HostAndPort host) {
    begin();
    passage.lookups().find(host, passage.routes().allowed(), this);
  }

  /** Connects to the first of the addresses that answers. */
  void start(List<SocketAddress> addresses) {
    begin();
    found(addresses);
  }

  private void begin() {
    connection.client().pause();
    connection.become(this);
  }

  @Override
  public void found(List<SocketAddress> addresses) {
    if (!over) {
      dial = new Dial(passage.reactor(), addresses, this);
      dial.next();
    }
  }

  @Override
  public void connected(SocketChannel channel) {
    over = true;
    then.accept(channel);
  }

  @Override
  public void refused(Refusal refusal) {
    passage.refusals().count(refusal);
    fail(ErrorAnswer.REFUSED, refusal.reason());
  }

  @Override
  public void unreachable(String reason) {
    fail(ErrorAnswer.UNREACHABLE, "the host cannot be reached: " + reason);
  }

  @Override
  public void expired() {
    fail(ErrorAnswer.TOO_SLOW, "the host cannot be reached: it does not answer");
  }

  private void fail(ErrorAnswer answer, String reason) {
    if (!over) {
      close();
      failing.end(connection, answer, reason);
    }
  }

  @Override
  public Duration limit() {
    return passage.limits().connect();
  }

  @Override
  public void close() {
    over = true;
    if (dial != null) {
      dial.close();
    }
  }

  /** The client's bytes of before are with {@link #then}, and it is not read now. */
  @Override
  public void received(ByteBuffer bytes) {}

  @Override
  public void ended() {}
}
