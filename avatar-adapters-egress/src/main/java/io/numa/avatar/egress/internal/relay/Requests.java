package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.Refusal;
import io.numa.avatar.egress.internal.policy.RefusedException;
import io.numa.avatar.egress.internal.wire.MalformedException;
import io.numa.avatar.egress.internal.wire.RequestHead;
import java.nio.ByteBuffer;

/** Decides what becomes of the only request of a connection. */
@FunctionalInterface
interface Requests {
  /** Refuses each request. */
  static Requests refusing(Refusal refusal) {
    return (head, rest) -> {
      throw new RefusedException(refusal);
    };
  }

  /**
   * Follows a request.
   *
   * @param rest what was received after the head
   */
  void follow(RequestHead head, ByteBuffer rest) throws MalformedException, RefusedException;
}
