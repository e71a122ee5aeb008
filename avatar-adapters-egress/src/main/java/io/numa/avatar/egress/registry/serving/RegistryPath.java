package io.numa.avatar.egress.registry.serving;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The target of a request, in a form that all servers read in the same way: no empty segments, no
 * segments of dots, no parameters, and no encoded characters that a server might decode twice or
 * take for a separator.
 *
 * @param path as it was sent, beginning with a slash
 * @param query as it was sent, with its question mark; empty text without one
 */
record RegistryPath(String path, String query) {
  private static final Pattern PATH =
      Pattern.compile("(?:/(?:[A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})*)+");

  /** Visible ASCII but for what ends a query or stands for a separator. */
  private static final Pattern QUERY =
      Pattern.compile("(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?");

  /** NUL and other control characters, {@code %}, {@code /}, {@code ;}, {@code \}, DEL. */
  private static final Pattern HIDDEN = Pattern.compile("(?i)%(?:[01][0-9a-f]|25|2f|3b|5c|7f)");

  /** How npm asks for the package of a scope. */
  private static final Pattern SCOPED = Pattern.compile("@[A-Za-z0-9._~-]+%2[fF]([^%]+)");

  private static final Pattern DOTS = Pattern.compile("[.\\s]+");

  /** Reads a target; empty if it has another form. */
  static Optional<RegistryPath> parse(String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    String query = mark < 0 ? "" : target.substring(mark);
    boolean usual = PATH.matcher(path).matches() && QUERY.matcher(query).matches();
    return usual && segments(path).stream().allMatch(RegistryPath::isPlain)
        ? Optional.of(new RegistryPath(path, query))
        : Optional.empty();
  }

  /** The parts between slashes, as sent. A slash at the end adds none. */
  private static List<String> segments(String path) {
    String inner = path.substring(1);
    String bare = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
    return bare.isEmpty() && inner.isEmpty() ? List.of() : Arrays.asList(bare.split("/", -1));
  }

  private static boolean isPlain(String segment) {
    var scoped = SCOPED.matcher(segment);
    if (scoped.matches()) {
      return !DOTS.matcher(scoped.group(1)).matches();
    }
    return !segment.isEmpty()
        && !HIDDEN.matcher(segment).find()
        && !DOTS.matcher(URLDecoder.decode(segment.replace("+", "%2B"), UTF_8)).matches();
  }

  /** Whether it is {@code folder} or below it. The folder ends with a slash. */
  boolean isBelow(String folder) {
    return decoded(path).startsWith(decoded(folder)) || decoded(path + "/").equals(decoded(folder));
  }

  /** What comes after {@code folder}, as it was sent. */
  String below(String folder) {
    int slashes = (int) folder.chars().filter(c -> c == '/').count();
    String rest = path;
    for (int i = 0; i < slashes; i++) {
      int slash = rest.indexOf('/');
      rest = slash < 0 ? "" : rest.substring(slash + 1);
    }
    return rest;
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.replace("+", "%2B"), UTF_8);
  }

  @Override
  public String toString() {
    return path + query;
  }
}
