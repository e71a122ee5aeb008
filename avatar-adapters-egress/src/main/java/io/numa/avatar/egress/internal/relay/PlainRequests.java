package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.Refusal;
import io.numa.avatar.egress.internal.policy.RefusedException;
import io.numa.avatar.egress.internal.policy.Route;
import io.numa.avatar.egress.internal.wire.MalformedException;
import io.numa.avatar.egress.internal.wire.RequestHead;
import io.numa.avatar.egress.internal.wire.RequestTarget;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.nio.ByteBuffer;

/**
 * A client has connected to a host's port of HTTP without a proxy. Its request must be for that
 * host: one address often serves many.
 */
record PlainRequests(Connection connection, Passage passage, HostAndPort host) implements Requests {
  static final int PORT = RequestTarget.HTTP_PORT;

  @Override
  public void follow(RequestHead head, ByteBuffer rest)
      throws MalformedException, RefusedException {
    head.target()
        .take(
            new RequestTarget.Cases() {
              @Override
              public void path(String path) throws MalformedException, RefusedException {
                url(head.host(), path);
              }

              @Override
              public void url(HostAndPort asked, String path)
                  throws MalformedException, RefusedException {
                if (!asked.equals(host)) {
                  throw new RefusedException(Refusal.otherHost(asked, host));
                }
                new Exchange(connection, passage)
                    .start(new Route.Outside(host), host, path, head, rest);
              }

              @Override
              public void tunnel(HostAndPort asked) throws MalformedException {
                throw new MalformedException("CONNECT is for the proxy");
              }
            });
  }
}
