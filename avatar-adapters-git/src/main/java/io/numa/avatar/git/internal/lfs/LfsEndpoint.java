package io.numa.avatar.git.internal.lfs;

import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.HttpUrl;

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
    HttpUrl usual = usual(url);
    return new HttpLfsServer(
        config.url().map(text -> sameOrigin(text, usual)).orElse(usual), settings);
  }

  private static Path folder(RepositoryUrl url) {
    return url.value().startsWith("/")
        ? Path.of(url.value())
        : Path.of(URI.create(url.encoded()).getPath());
  }

  /**
   * The place of a repository's server unless it is configured.
   *
   * @throws PortException of kind {@code DENIED} if no URL can name it
   */
  static HttpUrl usual(RepositoryUrl url) {
    String repository = url.value();
    if (url.transport() == RepositoryUrl.Transport.SSH) {
      repository = "https://" + url.host() + "/" + sshPath(url.value());
    }
    String path = repository.replaceFirst("/+$", "");
    return Optional.ofNullable(
            HttpUrl.parse(path + (path.endsWith(".git") ? "" : ".git") + "/info/lfs"))
        .orElseThrow(
            () ->
                new PortException(
                    FailureKind.DENIED,
                    "could not use LFS: '" + url + "' is no address of an LFS server"));
  }

  /** The path after the host and its port, in either form of address. */
  private static String sshPath(String address) {
    String path =
        address.contains("://")
            ? address.replaceFirst("^[^:]+://[^/]*", "")
            : address.replaceFirst("^(?:[^@/:]+@)?(?:\\[[^\\]]*\\]|[^:]*):", "");
    return path.replaceFirst("^/+", "");
  }

  private static HttpUrl sameOrigin(String text, HttpUrl usual) {
    return parsed(text.strip())
        .filter(url -> isSameOrigin(url, usual))
        .filter(url -> url.username().isEmpty() && url.password().isEmpty())
        .orElseThrow(
            () ->
                new PortException(
                    FailureKind.DENIED,
                    "could not use LFS: the repository's .lfsconfig names an lfs.url that is not at '"
                        + usual.scheme()
                        + "://"
                        + usual.host()
                        + ":"
                        + usual.port()
                        + "'; set git.lfs to false to do without"));
  }

  /** A URL of a server; or an SSH address of a repository, whose server is at its host. */
  private static Optional<HttpUrl> parsed(String text) {
    HttpUrl url = HttpUrl.parse(text.replaceFirst("/+$", ""));
    if (url != null) {
      return Optional.of(url);
    }
    try {
      RepositoryUrl repository = RepositoryUrl.parse(text);
      return repository.transport() == RepositoryUrl.Transport.SSH
          ? Optional.of(usual(repository))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // refused by the caller, like other wrong ones
    }
  }

  /** Whether both URLs have the same scheme, host and port. */
  static boolean isSameOrigin(HttpUrl one, HttpUrl other) {
    return one.scheme().equals(other.scheme())
        && one.host().equals(other.host())
        && one.port() == other.port();
  }
}
