package io.numa.avatar.http.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Looks up a host once, and gives its addresses if all of them may be dialled. The caller dials one
 * of them, and does not look up the name again: the answer may be another one then.
 */
public record CheckedLookup(AddressRule rule, HostLookup lookup) {
  /**
   * The addresses of a host.
   *
   * @throws ForbiddenAddressException if the rule forbids one of them, or the host is spelt oddly
   * @throws UnknownHostException if there is no such host
   */
  public List<InetAddress> addresses(Destination to) throws UnknownHostException {
    LiteralHost host = AddressRule.host(to);
    List<InetAddress> all =
        host instanceof LiteralHost.Address literal
            ? List.of(literal.address())
            : lookup.addresses(((LiteralHost.Name) host).value());
    for (InetAddress one : all) {
      rule.require(to, one);
    }
    return all;
  }
}
