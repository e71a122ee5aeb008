package io.numa.avatar.egress.internal.relay;

import java.nio.ByteBuffer;
import java.time.Duration;

/** What a connection does now with what its client sends. */
interface Stage {
  /** The bytes are gone when the method returns. */
  void received(ByteBuffer bytes);

  /** The client sends no more. */
  void ended();

  /** All bytes that were to be sent to the client are sent. */
  default void drained() {}

  /** How long it may last; what lasts longer is {@link #expired}. */
  Duration limit();

  /** It has lasted too long. */
  void expired();

  /** Ends what was begun for this stage alone, as the connection closes. */
  default void close() {}
}
