package io.numa.avatar.http.address;

import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import java.net.URL;
import java.util.Locale;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Where a connection is to go, in the words of its URL.
 *
 * @param scheme in lower case, such as {@code https}, {@code ssh} or {@code tcp}
 * @param host a name or a literal address, in lower case; IPv6 without brackets
 * @param port the port that is dialled
 */
public record Destination(String scheme, String host, int port) {
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1");

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

  /** The server of a URL. */
  public static Destination of(HttpUrl url) {
    return new Destination(url.scheme(), url.host(), url.port());
  }

  /** The server of a repository, which must not be on this machine. */
  public static Destination of(RepositoryUrl url) {
    return new Destination(url.transport().name(), url.host(), url.effectivePort());
  }

  /** Whether what is sent there is encrypted, or does not leave this machine. */
  public boolean isConfidential() {
    return !scheme.equals("http") || LOOPBACK.matcher(host).matches();
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

  /** The host as in a {@link URI}: IPv6 in brackets. */
  public String uriHost() {
    return uriHost(host);
  }

  /** A name or a literal address, as in a {@link URI}. */
  public static String uriHost(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** {@code host:port}, as in a {@link URI}. */
  public String authority() {
    return uriHost() + ":" + port;
  }
}
