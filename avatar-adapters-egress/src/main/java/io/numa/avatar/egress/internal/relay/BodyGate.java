package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.Refusal;
import io.numa.avatar.egress.internal.policy.RefusedException;
import io.numa.avatar.egress.internal.wire.MalformedException;
import io.numa.avatar.egress.internal.wire.RequestBody;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.nio.ByteBuffer;

/** Lets one request pass, and drops what follows it, as that was not checked. */
final class BodyGate implements Gate {
  private final HostAndPort host;
  private final ByteBuffer head;
  private final RequestBody body;

  /**
   * @param head goes before the body
   */
  BodyGate(HostAndPort host, ByteBuffer head, RequestBody body) {
    this.host = host;
    this.head = head;
    this.body = body;
  }

  @Override
  public ByteBuffer pass(ByteBuffer received) throws RefusedException {
    try {
      ByteBuffer passed = body.pass(received);
      return head.hasRemaining() ? behindHead(passed) : passed;
    } catch (MalformedException e) {
      throw new RefusedException(Refusal.unchecked(host, e.reason()));
    }
  }

  private ByteBuffer behindHead(ByteBuffer passed) {
    return ByteBuffer.allocate(head.remaining() + passed.remaining()).put(head).put(passed).flip();
  }

  @Override
  public boolean endsWithHost() {
    return true;
  }
}
