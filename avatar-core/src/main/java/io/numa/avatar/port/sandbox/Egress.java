package io.numa.avatar.port.sandbox;

import io.numa.avatar.port.PortException;

/** Lets sandboxes reach chosen hosts. Safe for use by several threads. */
public interface Egress {
  /**
   * Opens a way. The caller must close it.
   *
   * @throws PortException of kind {@code UNAVAILABLE} if the socket cannot be made
   */
  EgressWay open(EgressRequest request);

  /**
   * Learns what must be kept secret of what ways lead to, such as the logins of registries, unless
   * that is known. May take a second; {@link #open} does it, too.
   */
  default void prepare() {}
}
