package io.numa.avatar.git.forge;

import io.numa.avatar.git.settings.HostingService;
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
 * @param username the owner of the token, for services that ask for it
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

  /** A host without a token, whose API is where its service has it. */
  public static ForgeHost of(String host, HostingService service) {
    return new ForgeHost(host, service, Optional.empty(), Optional.empty(), Optional::empty, false);
  }

  public ForgeHost withApiUrl(URI url) {
    return new ForgeHost(host, service, Optional.of(url), username, token, allowInsecureHttp);
  }

  /** Names the owner of the token. */
  public ForgeHost withUsername(String name) {
    return new ForgeHost(host, service, apiUrl, Optional.of(name), token, allowInsecureHttp);
  }

  public ForgeHost withToken(Supplier<Optional<Secret>> source) {
    return new ForgeHost(host, service, apiUrl, username, source, allowInsecureHttp);
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
