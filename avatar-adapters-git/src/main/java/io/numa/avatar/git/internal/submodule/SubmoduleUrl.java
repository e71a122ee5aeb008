package io.numa.avatar.git.internal.submodule;

import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.RepositoryUrl.Transport;
import java.util.regex.Pattern;

/** The URL from which a submodule is fetched. The repository's text for it is untrusted. */
public final class SubmoduleUrl {
  /** For such a URL, Git would start {@code git-remote-<helper>}. */
  private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+.-]*::");

  private SubmoduleUrl() {}

  /**
   * Resolves a URL of {@code .gitmodules}, as {@code git submodule} does.
   *
   * @throws IllegalArgumentException with a message for the operator, if the text is not an
   *     address, leads above the server's root, or leads from a server to files of this machine
   */
  public static RepositoryUrl resolve(RepositoryUrl superproject, String text) {
    if (HELPER.matcher(text).lookingAt()) {
      throw new IllegalArgumentException("'" + text + "' would start a helper program");
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
    for (String segment : relative.split("/", -1)) {
      if (segment.equals("..")) {
        if (left.length() <= root) {
          throw new IllegalArgumentException("'" + relative + "' leads above '" + base + "'");
        }
        left = left.substring(0, Math.max(left.lastIndexOf('/'), root));
      } else if (!segment.equals(".")) {
        left += (left.endsWith(":") || left.endsWith("/") ? "" : "/") + segment;
      }
    }
    return left;
  }

  /**
   * The position at which the path begins: after the host, or after the colon of the short form.
   */
  private static int rootOf(String base) {
    int scheme = base.indexOf("://");
    if (scheme >= 0) {
      int slash = base.indexOf('/', scheme + 3);
      return slash < 0 ? base.length() : slash;
    }
    return base.startsWith("/") ? 0 : base.indexOf(':') + 1;
  }
}
