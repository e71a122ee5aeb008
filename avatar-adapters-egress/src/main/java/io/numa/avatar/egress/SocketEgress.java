package io.numa.avatar.egress;

import static java.util.stream.Collectors.toSet;

import io.numa.avatar.egress.internal.policy.AllowList;
import io.numa.avatar.egress.internal.policy.CheckedAddresses;
import io.numa.avatar.egress.internal.policy.Refusals;
import io.numa.avatar.egress.internal.policy.Routes;
import io.numa.avatar.egress.internal.relay.Limits;
import io.numa.avatar.egress.internal.relay.Lookups;
import io.numa.avatar.egress.internal.relay.Passage;
import io.numa.avatar.egress.internal.relay.Reactor;
import io.numa.avatar.http.address.HostLookup;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.EgressRequest;
import io.numa.avatar.port.sandbox.EgressWay;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.time.TimeSource;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Lets sandboxes out through a UNIX socket each. One thread carries the bytes of all of them; a few
 * more look up names. The caller must close it, after its ways.
 */
public final class SocketEgress implements Egress, AutoCloseable {
  private static final int FIRST_PORT = 17_080;

  private final SocketFolder folder;
  private final LocalServers servers;
  private final Limits limits;
  private final Reactor reactor;
  private final Lookups lookups;

  /**
   * @param folder where the sockets are made; an existing folder that lets only the avatar's user
   *     in, with a short path
   * @param servers come into every sandbox; they are not closed
   * @param lookup finds the addresses of hosts that are allowed
   * @throws PortException of kind {@code UNAVAILABLE} if the folder's path is too long
   */
  public SocketEgress(Path folder, LocalServers servers, HostLookup lookup) {
    this(folder, servers, lookup, Limits.USUAL, TimeSource.SYSTEM);
  }

  SocketEgress(
      Path folder, LocalServers servers, HostLookup lookup, Limits limits, TimeSource time) {
    this.folder = new SocketFolder(folder);
    this.servers = servers;
    this.limits = limits;
    this.reactor = Reactor.start(time);
    this.lookups = new Lookups(reactor, new CheckedAddresses(lookup));
  }

  @Override
  public EgressWay open(EgressRequest request) {
    var allowed = new AllowList(request.allowed());
    List<SocketAddress> addresses = servers.addresses();
    List<Integer> free = free(addresses.size() + 1, allowed, request.services());
    List<Integer> ports = free.subList(1, free.size());
    var inside = new HashMap<Integer, SocketAddress>();
    for (int i = 0; i < ports.size(); i++) {
      inside.put(ports.get(i), addresses.get(i));
    }
    var routes = new Routes(allowed, request.services(), inside, free.get(0));
    var rules = new Passage.Rules(routes, new Refusals(), limits);
    return new SocketWay(
        folder.newSocket(),
        new Passage(reactor, lookups, rules),
        servers.environment(ports),
        servers.homeFiles(ports));
  }

  /** The first ports that nothing else has inside. They stay the same where the request does. */
  private static List<Integer> free(int count, AllowList allowed, Set<Integer> services) {
    Set<Integer> local = allowed.local().stream().map(HostAndPort::port).collect(toSet());
    return IntStream.iterate(FIRST_PORT, port -> port + 1)
        .filter(port -> !local.contains(port) && !services.contains(port))
        .limit(count)
        .boxed()
        .toList();
  }

  @Override
  public void close() {
    lookups.close();
    reactor.close();
  }
}
