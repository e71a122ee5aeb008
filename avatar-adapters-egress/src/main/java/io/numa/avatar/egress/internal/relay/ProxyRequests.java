package io.numa.avatar.egress.internal.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.numa.avatar.egress.internal.policy.RefusedException;
import io.numa.avatar.egress.internal.policy.Route;
import io.numa.avatar.egress.internal.wire.MalformedException;
import io.numa.avatar.egress.internal.wire.RequestHead;
import io.numa.avatar.egress.internal.wire.RequestTarget;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** A client asks the proxy that it was told of. */
record ProxyRequests(Connection connection, Passage passage) implements Requests {
  private static final String TUNNEL_STANDS = "HTTP/1.1 200 Connection established\r\n\r\n";

  @Override
  public void follow(RequestHead head, ByteBuffer rest)
      throws MalformedException, RefusedException {
    head.target().take(new Asked(head, rest));
  }

  /** Does what the proxy is asked for. */
  private final class Asked implements RequestTarget.Cases {
    private final RequestHead head;
    private final ByteBuffer rest;

    Asked(RequestHead head, ByteBuffer rest) {
      this.head = head;
      this.rest = rest;
    }

    @Override
    public void path(String path) throws MalformedException {
      throw new MalformedException("a proxy is asked for http://host/path");
    }

    @Override
    public void url(HostAndPort host, String path) throws MalformedException, RefusedException {
      Route.Open route = passage.routes().byProxy(host);
      new Exchange(connection, passage).start(route, host, path, head, rest);
    }

    /** Goes on as if the client had connected to the host itself. */
    @Override
    public void tunnel(HostAndPort host) throws RefusedException {
      Route.Open route = passage.routes().byProxy(host);
      if (route instanceof Route.Local) {
        relay(route, Gate.OPEN);
      } else if (host.port() == PlainRequests.PORT) {
        tellThatItStands();
        var requests = new PlainRequests(connection, passage, host);
        connection.become(new HeadStage(connection, passage, requests), rest);
      } else {
        relay(route, new OpeningGate(host));
      }
    }

    private void relay(Route.Open route, Gate gate) {
      Consumer<SocketChannel> relay = RelayStage.with(connection, passage, gate, rest);
      new DialStage(connection, passage, Failing.HTTP, relay.andThen(c -> tellThatItStands()))
          .start(route);
    }

    private void tellThatItStands() {
      connection.client().send(ByteBuffer.wrap(TUNNEL_STANDS.getBytes(US_ASCII)));
    }
  }
}
