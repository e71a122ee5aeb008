package io.numa.avatar.server;

import io.numa.avatar.port.Secret;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Where the server listens, and for whom.
 *
 * @param listen port 0 means any free one
 * @param token by which an operator shows who they are
 * @param hosts names that the server answers to beside its own addresses
 */
public record ServerSettings(InetSocketAddress listen, Secret token, Set<String> hosts) {
  public ServerSettings {
    hosts = Set.copyOf(hosts);
  }
}
