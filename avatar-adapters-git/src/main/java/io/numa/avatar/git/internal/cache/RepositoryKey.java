package io.numa.avatar.git.internal.cache;

import io.numa.avatar.task.RepositoryUrl;
import java.util.regex.Pattern;
import okio.ByteString;

/**
 * The names of a repository's folders, made unique by a hash of its address.
 *
 * @param value of its mirror's folder, readable
 * @param brief of the folder of its trees: the path of a UNIX socket may have 107 bytes only, and
 *     tests make sockets in their tree
 * @param address the repository's address
 */
public record RepositoryKey(String value, String brief, String address) {
  private static final int READABLE = 60;
  private static final int UNIQUE = 16;
  private static final int BRIEF = 10;
  private static final Pattern FORM_OF_BRIEF = Pattern.compile("[0-9a-f]{" + BRIEF + "}");

  public static RepositoryKey of(RepositoryUrl url) {
    String address = url.value();
    String readable =
        address
            .replaceFirst("^[a-z+]+://", "")
            .replaceFirst("^[^/@]*@", "")
            .replaceFirst("\\.git/?$", "")
            .replaceAll("[^A-Za-z0-9._-]+", "-")
            .replaceFirst("^[.-]+", "");
    int from = Math.max(0, readable.length() - READABLE);
    String hash = ByteString.encodeUtf8(address).sha256().hex();
    return new RepositoryKey(
        readable.substring(from) + "-" + hash.substring(0, UNIQUE),
        hash.substring(0, BRIEF),
        address);
  }

  /** Whether a folder of trees has a brief name. Earlier versions gave it the mirror's name. */
  static boolean isBrief(String folder) {
    return FORM_OF_BRIEF.matcher(folder).matches();
  }
}
