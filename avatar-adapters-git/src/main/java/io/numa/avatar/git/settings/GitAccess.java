package io.numa.avatar.git.settings;

import io.numa.avatar.port.Secret;
import java.util.function.Consumer;

/**
 * Which hosts the adapter may contact, and how it reaches them.
 *
 * @param allowed the only repositories that the adapter contacts
 * @param network how to reach hosts over HTTP
 * @param shown receives every token before it is used, so that the caller can redact it in logs;
 *     called by several threads
 */
public record GitAccess(AllowedUrls allowed, HttpNetwork network, Consumer<Secret> shown) {
  /** Access to every host, with the JVM's own network settings. */
  public static final GitAccess OPEN =
      new GitAccess(AllowedUrls.ANY, HttpNetwork.DIRECT, token -> {});

  public GitAccess withAllowed(AllowedUrls urls) {
    return new GitAccess(urls, network, shown);
  }

  public GitAccess withNetwork(HttpNetwork way) {
    return new GitAccess(allowed, way, shown);
  }

  public GitAccess withShown(Consumer<Secret> listener) {
    return new GitAccess(allowed, network, listener);
  }
}
