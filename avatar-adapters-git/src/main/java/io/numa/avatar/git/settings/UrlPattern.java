package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.Destination;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of repositories' addresses: {@code scheme://[user@]host[:port][/path]}.
 *
 * <p>The host may be {@code *}, or begin with {@code *.} for all subdomains. A pattern without a
 * port means the scheme's default port, or any port if the host is {@code *}; {@code :*} also means
 * any port. A pattern without a path means all paths. In a path, {@code *} stands for any
 * characters within one name; as the last name, it stands for everything below. An address whose
 * path servers may read in several ways matches only patterns for all paths.
 */
record UrlPattern(String scheme, String user, String host, String port, String path) {
  private static final Pattern FORM =
      Pattern.compile(
          "(https?|ssh|file)://(?:([^@/:\\s]+)@)?"
              + "(\\*|(?:\\*\\.)?[a-z0-9._-]+|\\[[0-9a-f:.]+\\]|)(?::([0-9]{1,5}|\\*))?(/\\S*)?");

  /**
   * Reads a pattern; an absolute path stands for a {@code file} URL.
   *
   * @throws IllegalArgumentException if it has another form
   */
  static UrlPattern parse(String text) {
    String address = text.startsWith("/") ? "file://" + text : text;
    int path = address.indexOf('/', address.indexOf("://") + 3);
    String head = path < 0 ? address : address.substring(0, path);
    Matcher form =
        FORM.matcher(head.toLowerCase(Locale.ROOT) + (path < 0 ? "" : address.substring(path)));
    if (!form.matches() || form.group(1).equals("file") != form.group(3).isEmpty()) {
      throw new IllegalArgumentException(
          "not a pattern of repository addresses: '" + text + "'; such as https://host/team/*");
    }
    return new UrlPattern(
        form.group(1), orEmpty(user(head)), form.group(3), orEmpty(form.group(4)), path(form));
  }

  /** The user name, in its own case: upper and lower case differ in user names. */
  private static String user(String head) {
    int at = head.indexOf('@');
    return at < 0 ? "" : head.substring(head.indexOf("://") + 3, at);
  }

  private static String path(Matcher form) {
    String path = orEmpty(form.group(5));
    return path.equals("/") || path.equals("/*") ? "" : path;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  boolean matches(NormalizedUrl place) {
    return scheme.equals(place.scheme())
        && (user.isEmpty() || user.equals(place.user()))
        && hostMatches(place.host())
        && portMatches(place.port())
        && (path.isEmpty() || (place.plain() && pathMatches(place.path())));
  }

  /**
   * Whether the pattern names one host, and it is this one. A pattern for SSH also names the host's
   * server for LFS, which is at {@code https}.
   */
  boolean names(Destination to) {
    boolean overSsh = scheme.equals("ssh") && to.equals(new Destination("https", to.host(), 443));
    return !host.isEmpty()
        && !host.startsWith("*")
        && host.equals(to.uriHost())
        && (overSsh || (scheme.equals(to.scheme()) && portMatches(to.port())));
  }

  private boolean hostMatches(String other) {
    return host.equals("*")
        || (host.startsWith("*.") ? other.endsWith(host.substring(1)) : host.equals(other));
  }

  private boolean portMatches(int other) {
    if (port.isEmpty()) {
      return host.equals("*") || scheme.equals("file") || other == usualPort();
    }
    return port.equals("*") || other == Integer.parseInt(port);
  }

  private int usualPort() {
    return scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : 22;
  }

  private boolean pathMatches(String other) {
    boolean below = path.endsWith("/*");
    String fixed = below ? path.substring(0, path.length() - 1) : NormalizedUrl.trimmed(path);
    var regex = new StringBuilder();
    for (String part : fixed.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : "[^/]*").append(Pattern.quote(part));
    }
    return other.matches(regex + (below ? ".+" : ""));
  }

  @Override
  public String toString() {
    return scheme
        + "://"
        + (user.isEmpty() ? "" : user + "@")
        + host
        + (port.isEmpty() ? "" : ":" + port)
        + path;
  }
}
