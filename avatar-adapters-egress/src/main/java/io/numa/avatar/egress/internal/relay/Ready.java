package io.numa.avatar.egress.internal.relay;

import java.nio.channels.SelectionKey;

/** Is told, on the reactor's thread, that a channel can go on. */
@FunctionalInterface
interface Ready {
  void ready(SelectionKey key);
}
