package io.numa.avatar.egress.internal.policy;

import io.numa.avatar.port.sandbox.HostAndPort;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses to connect to. Blocks. Safe for use by several threads. */
@FunctionalInterface
public interface Addresses {
  /**
   * The addresses of a host that {@code allowed} names, in the order in which to try them.
   *
   * @throws RefusedException if the name leads to addresses that are not public, and {@code
   *     allowed} does not name them
   * @throws UnknownHostException if the resolver knows no such name
   */
  List<SocketAddress> find(HostAndPort host, AllowList allowed)
      throws RefusedException, UnknownHostException;
}
