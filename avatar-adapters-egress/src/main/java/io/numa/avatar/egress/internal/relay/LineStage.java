package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.Refusal;
import io.numa.avatar.egress.internal.policy.Route;
import io.numa.avatar.egress.internal.wire.FirstLine;
import io.numa.avatar.egress.internal.wire.MalformedException;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Waits for the line that tells where the connection leads. */
final class LineStage implements Stage {
  private final Connection connection;
  private final Passage passage;
  private final StringBuilder line = new StringBuilder();

  LineStage(Connection connection, Passage passage) {
    this.connection = connection;
    this.passage = passage;
  }

  @Override
  public void received(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      char next = (char) (bytes.get() & 0xff);
      if (next == '\n') {
        follow(bytes);
        return;
      }
      line.append(next);
      if (line.length() == FirstLine.LONGEST) {
        connection.close();
        return;
      }
    }
  }

  private void follow(ByteBuffer rest) {
    try {
      FirstLine first = FirstLine.parse(line.toString());
      if (first instanceof FirstLine.Connected connected) {
        passage.routes().of(connected.asked()).take(new Departure(connected.asked(), rest));
      } else {
        passage.refusals().count(Refusal.notAllowed(first.asked()));
        connection.close();
      }
    } catch (MalformedException e) {
      connection.close();
    }
  }

  @Override
  public void ended() {
    connection.close();
  }

  @Override
  public Duration limit() {
    return passage.limits().request();
  }

  @Override
  public void expired() {
    connection.close();
  }

  /** Goes where the line leads, with what was received after it. */
  private final class Departure implements Route.Cases {
    private final HostAndPort asked;
    private final ByteBuffer rest;

    Departure(HostAndPort asked, ByteBuffer rest) {
      this.asked = asked;
      this.rest = rest;
    }

    @Override
    public void proxy() {
      read(new ProxyRequests(connection, passage));
    }

    @Override
    public void local(List<SocketAddress> addresses) {
      dial(Gate.OPEN).start(addresses);
    }

    @Override
    public void outside(HostAndPort host) {
      if (host.port() == PlainRequests.PORT) {
        read(new PlainRequests(connection, passage, host));
      } else {
        dial(new OpeningGate(host)).start(host);
      }
    }

    @Override
    public void refused(Refusal refusal) {
      if (asked.port() == PlainRequests.PORT) {
        read(Requests.refusing(refusal));
      } else {
        passage.refusals().count(refusal);
        connection.close();
      }
    }

    private DialStage dial(Gate gate) {
      return new DialStage(
          connection, passage, Failing.SILENT, RelayStage.with(connection, passage, gate, rest));
    }

    private void read(Requests requests) {
      connection.become(new HeadStage(connection, passage, requests), rest);
    }
  }
}
