package io.numa.avatar.port.sandbox;

import java.util.Set;

/**
 * What the processes of a sandbox may reach.
 *
 * @param allowed hosts, besides the registries
 * @param services ports on this machine's loopback address that they reach at the same address
 */
public record EgressRequest(Set<HostAndPort> allowed, Set<Integer> services) {
  public EgressRequest {
    allowed = Set.copyOf(allowed);
    services = Set.copyOf(services);
  }
}
