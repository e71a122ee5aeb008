package io.numa.avatar.server.access;

import io.numa.avatar.server.http.Request;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names by which a browser may reach the server: the addresses that it listens on, {@code
 * localhost} for a loopback address, and those that the operator names. A page of another site can
 * make its own name lead to this server, but a browser then sends that name.
 *
 * @param named in lower case, without ports
 */
public record HostNames(Set<String> named) {
  public HostNames {
    named =
        named.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the request names this server. */
  public boolean allow(Request request) {
    Optional<String> host = request.headers().first("Host").map(HostNames::withoutPort);
    return host.isPresent() && isOurs(host.get(), request.origin().server());
  }

  private boolean isOurs(String host, InetAddress address) {
    return named.contains(host)
        || host.equals(literal(address))
        || (address.isLoopbackAddress() && host.equals("localhost"));
  }

  private static String literal(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    String bare = zone < 0 ? text : text.substring(0, zone);
    return bare.indexOf(':') < 0 ? bare : shortened(bare);
  }

  /** IPv6's shortest form of the loopback address; other addresses as Java writes them. */
  private static String shortened(String address) {
    return address.equals("0:0:0:0:0:0:0:1") ? "[::1]" : "[" + address + "]";
  }

  private static String withoutPort(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    int end = name.startsWith("[") ? name.indexOf(']') + 1 : name.indexOf(':');
    return end > 0 ? name.substring(0, end) : name;
  }
}
