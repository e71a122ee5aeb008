package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.Route;
import io.numa.avatar.egress.internal.wire.MalformedException;
import io.numa.avatar.egress.internal.wire.RequestHead;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.nio.ByteBuffer;

/**
 * One request and its answer. The connection ends with the answer, so that each request is checked.
 */
record Exchange(Connection connection, Passage passage) {
  /**
   * Sends a request to a host.
   *
   * @param route to the host
   * @param rest what was received after the head
   */
  void start(Route.Open route, HostAndPort host, String path, RequestHead head, ByteBuffer rest)
      throws MalformedException {
    var gate = new BodyGate(host, head.forwarded(host, path), head.body());
    new DialStage(
            connection, passage, Failing.HTTP, RelayStage.with(connection, passage, gate, rest))
        .start(route);
  }
}
