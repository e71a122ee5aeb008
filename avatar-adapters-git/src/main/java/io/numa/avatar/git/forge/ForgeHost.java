package io.numa.avatar.git.forge;

import io.numa.avatar.git.HostingService;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How the API of one host is asked.
 *
 * @param host a host's name as repositories' addresses have it, for all its ports, or {@code
 *     host:port}
 * @param apiUrl where the API is; found from the service and the repository's address when empty
 * @param username whom the token belongs to, for services that want to know
 * @param token is asked at each use, as it may be a short-lived one; empty where there is none
 * @param allowInsecureHttp whether the token may travel in the clear to another machine
 */
public record ForgeHost(
    String host,
    HostingService service,
    Optional<URI> apiUrl,
    Optional<String> username,
    Supplier<Optional<Secret>> token,
    boolean allowInsecureHttp) {
  public ForgeHost {
    host = host.toLowerCase(Locale.ROOT);
  }

  boolean matches(String otherHost, int port) {
    return host.equals(otherHost) || host.equals(otherHost + ":" + port);
  }

  /** Leaves out the token. */
  @Override
  public String toString() {
    return "ForgeHost[" + host + ", " + service + ", " + apiUrl + "]";
  }
}
