package io.numa.avatar.git.forge;

import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.port.Secret;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How to call the API of one host.
 *
 * @param host the host's name in the repositories' addresses, as in {@link HostCredential}
 * @param apiUrl the API's URL; when empty, derived from the service and the repository's address
 * @param username the owner of the token, for services that require it
 * @param token read at each use, as the token may be short-lived; empty if there is none
 * @param allowInsecureHttp whether the token may be sent unencrypted to another machine
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

  /** A host without a token, whose API is at the service's usual place. */
  public static ForgeHost of(String host, HostingService service) {
    return new ForgeHost(host, service, Optional.empty(), Optional.empty(), Optional::empty, false);
  }

  public ForgeHost withApiUrl(URI url) {
    return new ForgeHost(host, service, Optional.of(url), username, token, allowInsecureHttp);
  }

  /** A copy with the token owner's user name. */
  public ForgeHost withUsername(String name) {
    return new ForgeHost(host, service, apiUrl, Optional.of(name), token, allowInsecureHttp);
  }

  public ForgeHost withToken(Supplier<Optional<Secret>> source) {
    return new ForgeHost(host, service, apiUrl, username, source, allowInsecureHttp);
  }

  boolean matches(Destination repository) {
    return HostCredential.matches(host, repository);
  }

  /** Whether the API may be at this destination. */
  boolean names(Destination to) {
    boolean configured = apiUrl.filter(url -> Services.destination(url).equals(to)).isPresent();
    return configured || HostCredential.matches(Services.withoutSsh(host), to);
  }

  /** Leaves out the token. */
  @Override
  public String toString() {
    return "ForgeHost[" + host + ", " + service + ", " + apiUrl + "]";
  }
}
