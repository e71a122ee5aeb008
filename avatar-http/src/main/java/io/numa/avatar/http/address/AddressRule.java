package io.numa.avatar.http.address;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.Predicate;

/**
 * Decides which addresses may be dialled: public ones always, others only where the operator names
 * them. Safe for use by several threads.
 */
public final class AddressRule {
  private final AllowedNetworks networks;
  private final Predicate<Destination> named;
  private final String key;

  /**
   * @param networks what is allowed at every port
   * @param named whether the operator has named a destination elsewhere, such as by a credential
   *     for its host
   * @param key the key of the configuration that {@code networks} is from, for messages
   */
  public AddressRule(AllowedNetworks networks, Predicate<Destination> named, String key) {
    this.networks = networks;
    this.named = named;
    this.key = key;
  }

  /**
   * Checks an address that is about to be dialled.
   *
   * @throws ForbiddenAddressException with a message that tells address, rule and what to do
   */
  public void require(Destination to, InetAddress address) throws ForbiddenAddressException {
    LiteralHost host = host(to);
    AddressKind kind = kind(address);
    if (kind == AddressKind.PUBLIC || networks.contains(address)) {
      return;
    }
    boolean literal = host instanceof LiteralHost.Address;
    if ((literal || kind.isReachedByName()) && isNamed(to, host)) {
      return;
    }
    String remedy = kind.isReachedByName() ? to.host() : address.getHostAddress();
    throw new ForbiddenAddressException(
        ("could not reach '" + to.authority() + "': it is at " + address.getHostAddress())
            + (", " + kind.words() + ", and " + key + " does not name it; add '" + remedy)
            + "' there if tasks may reach it");
  }

  /**
   * Checks the spelling of a host, and its address if it is a literal one. This is all that can be
   * checked where a proxy looks up the names.
   */
  public void requireLiteral(Destination to) throws ForbiddenAddressException {
    if (host(to) instanceof LiteralHost.Address literal) {
      require(to, literal.address());
    }
  }

  private boolean isNamed(Destination to, LiteralHost host) {
    return named.test(to)
        || (host instanceof LiteralHost.Name name && networks.names(name.value()));
  }

  /** The host of a destination, which is a name or an address in its usual form. */
  static LiteralHost host(Destination to) throws ForbiddenAddressException {
    LiteralHost host = LiteralHost.of(to.host());
    if (host instanceof LiteralHost.Odd odd) {
      throw new ForbiddenAddressException(
          "could not reach '" + to.host() + "': it " + odd.reason());
    }
    return host;
  }

  /**
   * The kind of an address as seen from this machine, whose own addresses are of kind {@code OWN}.
   */
  public static AddressKind kind(InetAddress address) {
    AddressKind kind = AddressKind.of(address);
    return kind == AddressKind.PUBLIC && isOwn(address) ? AddressKind.OWN : kind;
  }

  private static boolean isOwn(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true; // the interfaces cannot be read, so it may be
    }
  }
}
