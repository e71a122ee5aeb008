package io.numa.avatar.http.address;

import java.net.URI;
import java.net.URL;
import java.util.Locale;

/**
 * Where a connection is to go, in the words of its URL.
 *
 * @param scheme in lower case, such as {@code https}, {@code ssh} or {@code tcp}
 * @param host a name or a literal address, in lower case; IPv6 without brackets
 * @param port the port that is dialled
 */
public record Destination(String scheme, String host, int port) {
  public Destination {
    scheme = scheme.toLowerCase(Locale.ROOT);
    host = host.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
  }

  /** The server of a URL. */
  public static Destination of(URL url) {
    int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    return new Destination(url.getProtocol(), url.getHost(), port);
  }

  /** Whether the port is the one that its scheme has without any. */
  public boolean isAtDefaultPort() {
    return switch (scheme) {
      case "https" -> port == 443;
      case "http" -> port == 80;
      case "ssh" -> port == 22;
      default -> false;
    };
  }

  /** {@code host:port}, as in a {@link URI}. */
  public String authority() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
