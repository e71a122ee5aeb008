package io.numa.avatar.task;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a Git repository: an {@code http(s)} or {@code ssh} URL, Git's short form {@code
 * user@host:path}, a {@code file} URL or an absolute local path.
 *
 * <p>It may contain a user name, but no password, because URLs appear in logs and on screens.
 */
public record RepositoryUrl(String value, Transport transport, String host, int port) {
  private static final Pattern SHORT_SSH =
      Pattern.compile(
          "(?:[^@/:\\s]+@)?(\\[[0-9A-Fa-f:.]+\\]|[^@/:\\s-][^@/:\\s]*):(?!//|:)([^\\s@][^@]*)");

  /** The protocol that reaches a repository. */
  public enum Transport {
    HTTP(80),
    HTTPS(443),
    SSH(22),
    LOCAL(-1);

    private final int defaultPort;

    Transport(int defaultPort) {
      this.defaultPort = defaultPort;
    }
  }

  /**
   * Reads a repository's address.
   *
   * @throws IllegalArgumentException if it has none of the forms above, or contains a password; the
   *     message never repeats the password
   */
  public static RepositoryUrl parse(String text) {
    String address = text.strip();
    if (address.isEmpty() || address.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("not a repository address: '" + printable(text) + "'");
    }
    if (address.startsWith("/")) {
      return new RepositoryUrl(address, Transport.LOCAL, "", -1);
    }
    if (!address.contains("://")) {
      Matcher ssh = SHORT_SSH.matcher(address);
      if (ssh.matches()) {
        return new RepositoryUrl(address, Transport.SSH, ssh.group(1), -1);
      }
      throw new IllegalArgumentException(
          "not a repository address: '"
              + printable(address)
              + "'; expected http(s)://, ssh://, user@host:path, file:// or an absolute path");
    }
    return parseUri(address);
  }

  /**
   * The port of the address, or else the default port of its transport; -1 for a local repository.
   */
  public int effectivePort() {
    return port >= 0 ? port : transport.defaultPort;
  }

  private static RepositoryUrl parseUri(String address) {
    URI uri;
    try {
      uri = new URI(address.replace(" ", "%20"));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "not a repository address: '" + printable(address) + "': " + e.getReason());
    }
    Transport transport = transport(uri, address);
    if (mayCarryPassword(uri)) {
      throw new IllegalArgumentException(
          "the repository address '"
              + printable(address)
              + "' carries a password, '?' or '#'; take that out; passwords go under git.credentials");
    }
    String host = Optional.ofNullable(uri.getHost()).orElse("");
    if (transport != Transport.LOCAL && (host.isEmpty() || uri.getPort() > 65_535)) {
      throw new IllegalArgumentException(
          "the repository address '" + printable(address) + "' names no host, or no possible port");
    }
    return new RepositoryUrl(address, transport, host.toLowerCase(Locale.ROOT), uri.getPort());
  }

  /** A URL with an unescaped password shows a ':' without a port, a '?' or a '#'. */
  private static boolean mayCarryPassword(URI uri) {
    return String.valueOf(uri.getRawUserInfo()).contains(":")
        || String.valueOf(uri.getRawAuthority()).endsWith(":")
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null;
  }

  private static Transport transport(URI uri, String address) {
    return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
      case "http" -> Transport.HTTP;
      case "https" -> Transport.HTTPS;
      case "ssh", "git+ssh", "ssh+git" -> Transport.SSH;
      case "file" -> Transport.LOCAL;
      default ->
          throw new IllegalArgumentException(
              "the repository address '"
                  + printable(address)
                  + "' has an unknown scheme; known are http, https, ssh and file");
    };
  }

  /** The part of a refused address that may be shown: nothing in front of its last '@'. */
  private static String printable(String address) {
    return address.replaceAll("\\p{Cntrl}", "?").replaceFirst("^([^/]*//)?.*@", "$1***@");
  }

  @Override
  public String toString() {
    return value;
  }
}
