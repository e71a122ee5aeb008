package io.numa.avatar.git.internal.cache;

import io.numa.avatar.task.RepositoryUrl;
import okio.ByteString;

/** The name of a repository's folders: readable, and made unique by a hash. */
public record RepositoryKey(String value) {
  private static final int READABLE = 60;
  private static final int UNIQUE = 16;

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
    return new RepositoryKey(readable.substring(from) + "-" + hash.substring(0, UNIQUE));
  }
}
