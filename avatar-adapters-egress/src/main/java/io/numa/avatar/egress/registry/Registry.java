package io.numa.avatar.egress.registry;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A package registry that the avatar fetches from.
 *
 * @param name the client's name for it: the id of a Maven repository or mirror, an npm scope, the
 *     name of a Cargo registry
 * @param url where it is: {@code http} or {@code https}, without user, query and fragment
 * @param login how to log in; empty if it asks for no login
 * @param covers what a client fetches from it instead: Maven's {@code mirrorOf}, an npm scope, the
 *     URL of a Gradle repository, the index of a Cargo registry. Empty for the default of its kind
 *     or for an additional one
 * @param origin where it was found: a file and line, a variable, or {@link #DEFAULT}
 */
public record Registry(
    RegistryKind kind,
    String name,
    URI url,
    Optional<Login> login,
    Optional<String> covers,
    String origin) {
  /** The origin of a registry that the client uses without being told. */
  public static final String DEFAULT = "default";

  public Registry {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean plain = url.getRawUserInfo() == null && url.getRawQuery() == null;
    if (!scheme.matches("https?") || url.getHost() == null) {
      throw new IllegalArgumentException("a registry needs an http or https URL with a host");
    }
    if (!plain || url.getRawFragment() != null) {
      throw new IllegalArgumentException("a registry's URL has no user, query or fragment");
    }
  }

  /** The URL's path with a slash at its end, percent-encoded as it is in the URL. */
  public String path() {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path : path + "/";
  }
}
