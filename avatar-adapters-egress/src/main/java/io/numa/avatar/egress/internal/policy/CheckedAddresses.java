package io.numa.avatar.egress.internal.policy;

import io.numa.avatar.http.address.AddressKind;
import io.numa.avatar.http.address.AddressRule;
import io.numa.avatar.http.address.HostLookup;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks up names, and checks the addresses that they lead to. A name is looked up once, and what
 * was checked is what is connected to: a second lookup could give another answer.
 */
public record CheckedAddresses(HostLookup lookup) implements Addresses {
  @Override
  public List<SocketAddress> find(HostAndPort host, AllowList allowed)
      throws RefusedException, UnknownHostException {
    Optional<InetAddress> literal = Hosts.literal(host.host());
    if (literal.isPresent()) {
      return List.of(new InetSocketAddress(literal.get(), host.port()));
    }
    var addresses = new ArrayList<SocketAddress>();
    for (InetAddress address : lookup.addresses(host.host())) {
      require(host, address, allowed);
      addresses.add(new InetSocketAddress(address, host.port()));
    }
    return addresses;
  }

  private static void require(HostAndPort host, InetAddress address, AllowList allowed)
      throws RefusedException {
    AddressKind kind = AddressRule.kind(address);
    var literal = new HostAndPort(address.getHostAddress(), host.port());
    if (kind != AddressKind.PUBLIC && !allowed.names(literal)) {
      throw new RefusedException(Refusal.guarded(host, literal, kind.words()));
    }
  }
}
