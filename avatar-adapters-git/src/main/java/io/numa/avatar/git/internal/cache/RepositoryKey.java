package io.numa.avatar.git.internal.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.task.RepositoryUrl;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of a repository's folders: readable, and unique by a hash. */
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
    return new RepositoryKey(readable.substring(from) + "-" + digest(address).substring(0, UNIQUE));
  }

  private static String digest(String text) {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(sum);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
