package io.numa.avatar.egress.internal.policy;

import io.numa.avatar.http.address.LiteralHost;
import io.numa.avatar.port.sandbox.HostAndPort;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads hosts strictly: two spellings of a host give the same text, and every program reads that
 * text as the same host.
 */
public final class Hosts {
  static final String LOCALHOST = "localhost";

  /** Where the avatar's helper takes up connections to loopback. */
  static final String LOOPBACK = "127.0.0.1";

  private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
  private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
  private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
  private static final int LAST_PORT = 65_535;

  private Hosts() {}

  /**
   * A host in its only spelling: a name in lower case without a dot at its end, or a literal
   * address without brackets.
   *
   * @return empty if the text is no host
   */
  public static Optional<String> canonical(String text) {
    LiteralHost host = LiteralHost.of(text);
    if (host instanceof LiteralHost.Name name) {
      return Optional.of(name.value()).filter(value -> NAME.matcher(value).matches());
    }
    return literal(host).map(InetAddress::getHostAddress);
  }

  /** The address that a host is, or empty if the host is a name. Asks no server. */
  public static Optional<InetAddress> literal(String host) {
    return literal(LiteralHost.of(host));
  }

  private static Optional<InetAddress> literal(LiteralHost host) {
    return host instanceof LiteralHost.Address literal
        ? Optional.of(literal.address())
        : Optional.empty();
  }

  /** Whether a host is the machine that asks: inside, that is the sandbox. */
  static boolean isLoopback(String host) {
    return host.equals(LOCALHOST)
        || literal(host)
            .filter(address -> address.isLoopbackAddress() || address.isAnyLocalAddress())
            .isPresent();
  }

  /** The canonical form of {@code host:port} or {@code [address]:port}. */
  public static Optional<HostAndPort> authority(String text) {
    int colon = text.lastIndexOf(':');
    return colon < 0 ? Optional.empty() : url(text.substring(0, colon), text.substring(colon + 1));
  }

  /** As {@link #authority(String)}, with a port that is meant where the text has none. */
  public static Optional<HostAndPort> authority(String text, int usualPort) {
    boolean bare = text.endsWith("]") || text.indexOf(':') < 0;
    return authority(bare ? text + ":" + usualPort : text);
  }

  /** In URLs, IPv6 addresses are in brackets, and nothing else is. */
  private static Optional<HostAndPort> url(String host, String port) {
    return host.startsWith("[") == (host.indexOf(':') >= 0) ? of(host, port) : Optional.empty();
  }

  /** The canonical form of a host and a decimal port. */
  public static Optional<HostAndPort> of(String host, String port) {
    if (!PORT.matcher(port).matches() || Integer.parseInt(port) > LAST_PORT) {
      return Optional.empty();
    }
    return canonical(host).map(found -> new HostAndPort(found, Integer.parseInt(port)));
  }
}
