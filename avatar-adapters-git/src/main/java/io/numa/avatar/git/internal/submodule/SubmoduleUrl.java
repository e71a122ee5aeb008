package io.numa.avatar.git.internal.submodule;

import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.RepositoryUrl.Transport;
import java.util.regex.Pattern;

/** Where a submodule is fetched from. What a repository says of that can be anything. */
public final class SubmoduleUrl {
  /** Git would start {@code git-remote-<helper>}. */
  private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+.-]*::");

  private SubmoduleUrl() {}

  /**
   * Resolves what {@code .gitmodules} says, as {@code git submodule} does it.
   *
   * @throws IllegalArgumentException with a message for people, if it is no address, leads above
   *     the server, or from a server to this machine's files
   */
  public static RepositoryUrl resolve(RepositoryUrl superproject, String text) {
    if (HELPER.matcher(text).lookingAt()) {
      throw new IllegalArgumentException("'" + text + "' wants a helper program to be run");
    }
    boolean relative = text.startsWith("./") || text.startsWith("../");
    RepositoryUrl url = RepositoryUrl.parse(relative ? join(superproject.value(), text) : text);
    if (url.transport() == Transport.LOCAL && superproject.transport() != Transport.LOCAL) {
      throw new IllegalArgumentException(
          "'" + url + "' is on this machine, which the repository itself is not");
    }
    return url;
  }

  private static String join(String base, String relative) {
    int root = rootOf(base);
    String left = base.replaceFirst("/+$", "");
    String rest = relative;
    while (rest.startsWith("./") || rest.startsWith("../")) {
      if (rest.startsWith("../")) {
        int end = left.lastIndexOf('/');
        if (left.length() <= root) {
          throw new IllegalArgumentException("'" + relative + "' leads above '" + base + "'");
        }
        left = left.substring(0, Math.max(end, root));
      }
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return left.endsWith(":") || left.endsWith("/") ? left + rest : left + "/" + rest;
  }

  /** Where the path begins: behind the host, or behind the colon of the short form. */
  private static int rootOf(String base) {
    int scheme = base.indexOf("://");
    if (scheme >= 0) {
      int slash = base.indexOf('/', scheme + 3);
      return slash < 0 ? base.length() : slash;
    }
    return base.startsWith("/") ? 0 : base.indexOf(':') + 1;
  }
}
