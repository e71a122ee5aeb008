package io.numa.avatar.egress.internal.relay;

import io.numa.avatar.egress.internal.policy.Addresses;
import io.numa.avatar.egress.internal.policy.AllowList;
import io.numa.avatar.egress.internal.policy.Refusals;
import io.numa.avatar.egress.internal.policy.Routes;
import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.time.TimeSource;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The way of a sandbox whose hosts are servers of the test, at any ports. */
final class Sandbox implements AutoCloseable {
  static final int PROXY = 17_080;
  static final int SERVER = 8081;

  private final Path folder = Files.createTempDirectory("egress");
  private final Reactor reactor = Reactor.start(TimeSource.SYSTEM);
  private final Refusals refusals = new Refusals();
  private final Lookups lookups;
  private final Traffic traffic;

  private Sandbox(AllowList allowed, Set<Integer> services, Addresses addresses, Limits limits)
      throws IOException {
    var routes =
        new Routes(allowed, services, Map.of(SERVER, UnixDomainSocketAddress.of(server())), PROXY);
    lookups = new Lookups(reactor, addresses);
    var passage = new Passage(reactor, lookups, new Passage.Rules(routes, refusals, limits));
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    traffic = Traffic.start(passage, server.bind(UnixDomainSocketAddress.of(socket())));
  }

  /** Allows hosts, each of which is a server of the test. */
  static Sandbox of(Map<HostAndPort, InetSocketAddress> hosts, Limits limits) throws IOException {
    return new Sandbox(
        new AllowList(hosts.keySet()), Set.of(), (host, allowed) -> find(hosts, host), limits);
  }

  static Sandbox of(String host, int port, InetSocketAddress server) throws IOException {
    return of(Map.of(new HostAndPort(host, port), server), Limits.USUAL);
  }

  /** Allows a.example:80, as {@code addresses} finds it. */
  static Sandbox of(Addresses addresses, Limits limits) throws IOException {
    var allowed = new AllowList(Set.of(new HostAndPort("a.example", 80)));
    return new Sandbox(allowed, Set.of(), addresses, limits);
  }

  /** Allows ports of loopback. */
  static Sandbox local(Set<HostAndPort> allowed, Set<Integer> services) throws IOException {
    return new Sandbox(
        new AllowList(new HashSet<>(allowed)), services, (host, list) -> List.of(), Limits.USUAL);
  }

  private static List<SocketAddress> find(
      Map<HostAndPort, InetSocketAddress> hosts, HostAndPort host) throws UnknownHostException {
    InetSocketAddress found = hosts.get(host);
    if (found == null) {
      throw new UnknownHostException(host.host());
    }
    return List.of(found);
  }

  /** Where a server of the avatar would listen. */
  Path server() {
    return folder.resolve("server.sock");
  }

  Path socket() {
    return folder.resolve("way.sock");
  }

  Inside connect(String host, int port) throws IOException {
    return Inside.connect(socket(), "tcp " + host + " " + port);
  }

  List<RefusedHost> refused() {
    return refusals.counted();
  }

  @Override
  public void close() throws IOException {
    traffic.close();
    lookups.close();
    reactor.close();
    Files.delete(socket());
    Files.deleteIfExists(server());
    Files.delete(folder);
  }
}
