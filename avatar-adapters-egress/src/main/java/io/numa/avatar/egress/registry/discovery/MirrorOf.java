package io.numa.avatar.egress.registry.discovery;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** Which repositories a mirror of Maven stands for. */
final class MirrorOf {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1");

  private MirrorOf() {}

  /**
   * Whether {@code mirrorOf}, a list with commas, names the repository: by its id, {@code *},
   * {@code external:*} or {@code external:http:*}; {@code !id} takes it out.
   */
  static boolean matches(String mirrorOf, String id, String url) {
    var parts = Arrays.stream(mirrorOf.split(",")).map(String::strip).toList();
    return !parts.contains("!" + id) && parts.stream().anyMatch(part -> names(part, id, url));
  }

  private static boolean names(String part, String id, String url) {
    return switch (part) {
      case "*" -> true;
      case "external:*" -> isExternal(url);
      case "external:http:*" -> isExternal(url) && scheme(url).equals("http");
      default -> part.equals(id);
    };
  }

  private static boolean isExternal(String url) {
    try {
      String host = URI.create(url).getHost();
      return !scheme(url).equals("file") && host != null && !LOCAL.contains(host);
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static String scheme(String url) {
    return url.replaceFirst("(?s):.*", "").toLowerCase(Locale.ROOT);
  }
}
