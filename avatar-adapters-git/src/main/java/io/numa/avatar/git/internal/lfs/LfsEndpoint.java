package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the LFS server of a repository (git-lfs, docs/api/server-discovery.md). It does not ask the
 * host over SSH: for an SSH address, it uses the server at the same host's {@code https} address.
 */
final class LfsEndpoint {
  private LfsEndpoint() {}

  /**
   * Finds the server.
   *
   * @param config of the base commit. It is untrusted, so it may only name another path at the same
   *     server.
   * @throws PortException of kind {@code DENIED} if it names another server
   */
  static LfsServer of(RepositoryUrl url, LfsConfig config, GitSettings settings) {
    if (url.transport() == RepositoryUrl.Transport.LOCAL) {
      return LocalLfsServer.of(folder(url));
    }
    URI usual = usual(url);
    URI endpoint = config.url().map(text -> sameOrigin(text, usual)).orElse(usual);
    return new HttpLfsServer(endpoint, settings);
  }

  private static Path folder(RepositoryUrl url) {
    return url.value().startsWith("/")
        ? Path.of(url.value())
        : Path.of(URI.create(url.value().replace(" ", "%20")).getPath());
  }

  static URI usual(RepositoryUrl url) {
    String text = url.value().replaceFirst("/+$", "").replace(" ", "%20");
    String path = text.endsWith(".git") ? text : text + ".git";
    if (url.transport() == RepositoryUrl.Transport.SSH) {
      path = "https://" + url.host() + "/" + sshPath(path);
    }
    return URI.create(path + "/info/lfs");
  }

  /** The path after the host and its port, in either form of address. */
  private static String sshPath(String address) {
    String path =
        address.contains("://")
            ? Optional.ofNullable(URI.create(address).getRawPath()).orElse("")
            : address.replaceFirst("^(?:[^@/:]+@)?(?:\\[[^\\]]*\\]|[^:]*):", "");
    return path.replaceFirst("^/+", "");
  }

  private static URI sameOrigin(String text, URI usual) {
    try {
      URI url = new URI(text.strip().replaceFirst("/+$", ""));
      if (isSameOrigin(url, usual) && url.getRawUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // An invalid URL is refused below, like other wrong ones.
    }
    throw new PortException(
        FailureKind.DENIED,
        "could not use LFS: the repository's .lfsconfig names an lfs.url that is not at '"
            + usual.getScheme()
            + "://"
            + usual.getRawAuthority()
            + "'; set git.lfs to false to do without");
  }

  /** Whether both URLs have the same scheme, host and port. */
  static boolean isSameOrigin(URI one, URI other) {
    return scheme(one).equals(scheme(other))
        && one.getHost() != null
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static String scheme(URI url) {
    return String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : scheme(url).equals("https") ? 443 : 80;
  }
}
