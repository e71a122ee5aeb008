package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.Destination;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.RepositoryUrl.Transport;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * A repository's address in a normal form: all spellings of the same address become equal.
 *
 * @param scheme {@code https}, {@code http}, {@code ssh} or {@code file}
 * @param user empty if the address names none
 * @param host in lower case; empty for this machine
 * @param path decoded, without {@code .git} and slashes at its end
 * @param plain whether all servers read the path in the same way: it has no dot segments, no
 *     doubled slashes, and no encodings that a server may decode twice
 */
record NormalizedUrl(
    String scheme, String user, String host, int port, String path, boolean plain) {
  private static final Pattern ODD =
      Pattern.compile("(^|/)\\.{1,2}(/|$)|//|\\\\|%[0-9A-Fa-f]{2}|\\p{Cntrl}|;");

  /** The suffixes that Git's HTTP requests add to the repository's address. */
  private static final Pattern REQUEST =
      Pattern.compile("/(?:info/refs|git-upload-pack|git-receive-pack|HEAD|objects/.*)$");

  /** Empty if JGit would go to another host than the one the address seems to name. */
  static Optional<NormalizedUrl> of(RepositoryUrl url) {
    try {
      URIish uri = new URIish(url.value());
      if (url.transport() == Transport.LOCAL) {
        return url.host().isEmpty() && lower(uri.getHost()).isEmpty()
            ? Optional.of(of("file", uri, -1))
            : Optional.empty();
      }
      return lower(uri.getHost()).equals(url.host().toLowerCase(Locale.ROOT))
          ? Optional.of(
              of(url.transport().name().toLowerCase(Locale.ROOT), uri, url.effectivePort()))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  static Optional<NormalizedUrl> of(URL request) throws URISyntaxException {
    String path = REQUEST.matcher(request.getPath()).replaceFirst("");
    URIish uri = new URIish(request.getProtocol() + "://" + request.getAuthority() + path);
    int port = request.getPort() < 0 ? request.getDefaultPort() : request.getPort();
    return lower(uri.getHost()).equals(lower(request.getHost()))
        ? Optional.of(of(lower(request.getProtocol()), uri, port))
        : Optional.empty();
  }

  private static NormalizedUrl of(String scheme, URIish uri, int port) {
    String path = String.valueOf(uri.getPath());
    boolean sameSlashes = slashes(path) == slashes(String.valueOf(uri.getRawPath()));
    String rooted = path.startsWith("/") ? path : "/" + path;
    String user = uri.getUser() == null ? "" : uri.getUser();
    boolean plain = sameSlashes && !ODD.matcher(rooted).find();
    return new NormalizedUrl(scheme, user, lower(uri.getHost()), port, trimmed(rooted), plain);
  }

  /** Whether it is at this destination, or at the SSH host whose server for LFS it is. */
  boolean names(Destination to) {
    boolean overSsh = scheme.equals("ssh") && to.equals(new Destination("https", host, 443));
    return overSsh || to.equals(new Destination(scheme, host, port));
  }

  /** Removes the {@code .git} and the slashes at the end, which servers accept but do not need. */
  static String trimmed(String path) {
    return path.replaceFirst("/+$", "").replaceFirst("\\.git$", "");
  }

  private static long slashes(String text) {
    return text.chars().filter(c -> c == '/').count();
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
