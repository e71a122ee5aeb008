package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.Destination;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The repositories that the avatar may contact: those that match one of the patterns. Addresses are
 * compared in the form in which JGit understands them.
 */
public final class AllowedUrls {
  /** All repositories, including those on this machine. */
  public static final AllowedUrls ANY =
      of(List.of("https://*", "http://*", "ssh://*", "file:///*"));

  private final List<UrlPattern> patterns;
  private final List<NormalizedUrl> named;

  private AllowedUrls(List<UrlPattern> patterns, List<NormalizedUrl> named) {
    this.patterns = List.copyOf(patterns);
    this.named = List.copyOf(named);
  }

  /**
   * Reads patterns such as {@code https://github.com/acme/*}.
   *
   * @throws IllegalArgumentException if one is not a pattern; see {@link UrlPattern}
   */
  public static AllowedUrls of(List<String> patterns) {
    return new AllowedUrls(patterns.stream().map(UrlPattern::parse).toList(), List.of());
  }

  /** A copy that also allows one repository. */
  public AllowedUrls and(RepositoryUrl one) {
    return new AllowedUrls(
        patterns, Stream.concat(named.stream(), NormalizedUrl.of(one).stream()).toList());
  }

  /**
   * Checks an address before the avatar contacts it.
   *
   * @throws PortException of kind {@code DENIED} if it is not allowed
   */
  public void requireAllowed(RepositoryUrl url) {
    require(NormalizedUrl.of(url), url.value());
  }

  /** Checks the URL of a request or of a redirect's target. Its query does not matter. */
  public void requireAllowed(URL url) {
    // The user part is left out: a redirect's target may carry a login.
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String server = url.getProtocol() + "://" + url.getHost() + port;
    try {
      require(NormalizedUrl.of(url), server);
    } catch (URISyntaxException e) {
      throw denied(server);
    }
  }

  /** Whether one of the patterns matches. */
  public boolean allows(RepositoryUrl url) {
    return NormalizedUrl.of(url).filter(this::allows).isPresent();
  }

  private void require(Optional<NormalizedUrl> place, String shown) {
    if (place.filter(this::allows).isEmpty()) {
      throw denied(shown);
    }
  }

  private boolean allows(NormalizedUrl place) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(place)) || named.contains(place);
  }

  /** Whether a pattern, or a repository that is allowed by itself, has this very host and port. */
  boolean names(Destination to) {
    return patterns.stream().anyMatch(pattern -> pattern.names(to))
        || named.stream().anyMatch(place -> place.names(to));
  }

  private static PortException denied(String shown) {
    return new PortException(
        FailureKind.DENIED, "could not reach '" + shown + "': git.allowed_urls does not allow it");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AllowedUrls urls
        && patterns.equals(urls.patterns)
        && named.equals(urls.named);
  }

  @Override
  public int hashCode() {
    return patterns.hashCode();
  }

  @Override
  public String toString() {
    return patterns.toString();
  }
}
