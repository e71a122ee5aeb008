package io.numa.avatar.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /** As Git splits a URL. Java's own rules know no host with an underscore, and fewer paths. */
  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>.*?)://(?:(?<user>[^/\\\\]*)@)?"
              + "(?<host>\\[[^\\]/]*\\]|[^/]*?)(?::(?<port>[0-9]{1,9}))?(?<rest>/.*|)");

  private static final String UNSAFE = "\"<>\\^`{|}[]";

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9_.~-]+)?\\]");

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
    return parseUrl(address);
  }

  /**
   * The port of the address, or else the default port of its transport; -1 for a local repository.
   */
  public int effectivePort() {
    return port >= 0 ? port : transport.defaultPort;
  }

  public boolean isOverHttp() {
    return transport == Transport.HTTP || transport == Transport.HTTPS;
  }

  /** The URL with a path that Java's parsers take; the value itself if it is no URL. */
  public String encoded() {
    int scheme = value.indexOf("://");
    int path = scheme < 0 ? -1 : value.indexOf('/', scheme + 3);
    return path < 0 ? value : value.substring(0, path) + encoded(value.substring(path));
  }

  /** A path or query as URLs spell it: each byte that URLs do not have is {@code %XX}. */
  public static String encoded(String path) {
    var encoded = new StringBuilder();
    byte[] bytes = path.replaceAll("%(?![0-9A-Fa-f]{2})", "%25").getBytes(UTF_8);
    for (byte one : bytes) {
      if (one > ' ' && one < 0x7f && UNSAFE.indexOf(one) < 0) {
        encoded.append((char) one);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", one));
      }
    }
    return encoded.toString();
  }

  private static RepositoryUrl parseUrl(String address) {
    Matcher url = URL.matcher(address);
    if (!url.matches()) {
      throw new IllegalArgumentException("not a repository address: '" + printable(address) + "'");
    }
    Transport transport = transport(url.group("scheme"), address);
    if (mayCarryPassword(url)) {
      throw new IllegalArgumentException(
          "the repository address '"
              + printable(address)
              + "' carries a password, '?' or '#'; take that out; passwords go under git.credentials");
    }
    String host = url.group("host");
    int port = port(url.group("port"));
    if (transport != Transport.LOCAL && (!HOST.matcher(host).matches() || port > 65_535)) {
      throw new IllegalArgumentException(
          "the repository address '" + printable(address) + "' names no host, or no possible port");
    }
    return new RepositoryUrl(address, transport, host.toLowerCase(Locale.ROOT), port);
  }

  private static int port(@Nullable String digits) {
    return digits == null ? -1 : Integer.parseInt(digits);
  }

  /** A URL with an unescaped password shows a ':' without a port, an '@', a '?' or a '#'. */
  private static boolean mayCarryPassword(Matcher url) {
    String user = url.group("user") == null ? "" : url.group("user");
    String host = url.group("host");
    return Stream.of(":", "@").anyMatch(user::contains)
        || (host.contains(":") && !host.startsWith("["))
        || Stream.of("?", "#").anyMatch((host + url.group("rest"))::contains);
  }

  private static Transport transport(String scheme, String address) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
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
