package io.numa.avatar.egress.internal.policy;

import static java.util.stream.Collectors.toSet;

import io.numa.avatar.port.sandbox.EgressPorts;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where the connections of one sandbox may lead.
 *
 * @param allowed the hosts that the operator allows
 * @param services ports on this machine's loopback that have the same number inside
 * @param servers servers of the avatar by their ports inside
 * @param proxy the port inside of the proxy
 */
public record Routes(
    AllowList allowed, Set<Integer> services, Map<Integer, SocketAddress> servers, int proxy) {
  /** Always taken up, so that what is refused there is told by name. */
  private static final Set<Integer> WEB_PORTS = Set.of(80, 443);

  public Routes {
    services = Set.copyOf(services);
    servers = Map.copyOf(servers);
  }

  /** Where a helper has to take up connections for these routes. */
  public EgressPorts ports() {
    Set<HostAndPort> outside = allowed.outside();
    return new EgressPorts(
        union(WEB_PORTS, ports(outside)),
        local(),
        hosts(outside, host -> Hosts.literal(host).isPresent()),
        hosts(outside, host -> Hosts.literal(host).isEmpty()));
  }

  private static Set<Integer> ports(Set<HostAndPort> entries) {
    return entries.stream().map(HostAndPort::port).collect(toSet());
  }

  private static Set<String> hosts(Set<HostAndPort> entries, Predicate<String> kind) {
    return entries.stream().map(HostAndPort::host).filter(kind).collect(toSet());
  }

  private Set<Integer> local() {
    return union(union(services, servers.keySet()), union(Set.of(proxy), ports(allowed.local())));
  }

  private static Set<Integer> union(Set<Integer> some, Set<Integer> others) {
    return Stream.concat(some.stream(), others.stream()).collect(toSet());
  }

  /** The route of a connection to a host in its canonical spelling. */
  public Route of(HostAndPort asked) {
    if (AllowList.isLocal(asked)) {
      return local(asked);
    }
    return allowed.names(asked) ? new Route.Outside(asked) : refused(asked);
  }

  /**
   * The route of a request to the proxy. Some clients ask it for loopback, too, although {@code
   * no_proxy} says otherwise; the proxy leads them only to what the sandbox has from here.
   *
   * @throws RefusedException if the host is not allowed, or is on the loopback inside
   */
  public Route.Open byProxy(HostAndPort asked) throws RefusedException {
    if (of(asked) instanceof Route.Open open) {
      return open;
    }
    throw new RefusedException(
        Hosts.isLoopback(asked.host())
            ? Refusal.unchecked(asked, "loopback is reached without the proxy; name it in no_proxy")
            : Refusal.notAllowed(asked));
  }

  private Route local(HostAndPort asked) {
    int port = asked.port();
    if (port == proxy) {
      return new Route.Proxy();
    }
    SocketAddress server = servers.get(port);
    if (server != null) {
      return new Route.Local(List.of(server));
    }
    if (allowed.names(new HostAndPort(Hosts.LOCALHOST, port))) {
      return new Route.Local(List.of(address(Hosts.LOOPBACK, port), address("::1", port)));
    }
    return services.contains(port) || allowed.names(new HostAndPort(Hosts.LOOPBACK, port))
        ? new Route.Local(List.of(address(Hosts.LOOPBACK, port)))
        : refused(asked);
  }

  private static InetSocketAddress address(String literal, int port) {
    return new InetSocketAddress(literal, port);
  }

  private static Route refused(HostAndPort asked) {
    return new Route.Refused(Refusal.notAllowed(asked));
  }
}
