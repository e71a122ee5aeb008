package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.RefusedException;
import java.nio.ByteBuffer;

/** Decides which bytes of a client go on to the host. */
@FunctionalInterface
interface Gate {
  /** Lets everything pass. */
  Gate OPEN = received -> received;

  /**
   * Takes all that was received.
   *
   * @return what goes on now; nothing while it needs more bytes to decide
   * @throws RefusedException if the connection must end
   */
  ByteBuffer pass(ByteBuffer received) throws RefusedException;

  /** Whether the client has nothing to say once the host has ended. */
  default boolean endsWithHost() {
    return false;
  }
}
