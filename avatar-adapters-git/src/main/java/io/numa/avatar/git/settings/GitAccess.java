package io.numa.avatar.git.settings;

import io.numa.avatar.run.secret.Redactor;
import java.util.List;

/**
 * Which hosts the adapter may contact, and how it reaches them.
 *
 * @param allowed the only repositories that the adapter contacts
 * @param network how to reach hosts over HTTP
 * @param redactor learns every token before it is used, and hides secrets in texts of servers and
 *     repositories before messages show a part of them
 * @param networks which addresses may be dialled
 */
public record GitAccess(
    AllowedUrls allowed, HttpNetwork network, Redactor redactor, ReachableNetworks networks) {
  /** Access to every host, with the JVM's own network settings and a redactor of its own. */
  public static GitAccess open() {
    return new GitAccess(
        AllowedUrls.ANY, HttpNetwork.DIRECT, Redactor.of(List.of()), ReachableNetworks.ANY);
  }

  public GitAccess withAllowed(AllowedUrls urls) {
    return new GitAccess(urls, network, redactor, networks);
  }

  public GitAccess withNetwork(HttpNetwork way) {
    return new GitAccess(allowed, way, redactor, networks);
  }

  public GitAccess withRedactor(Redactor other) {
    return new GitAccess(allowed, network, other, networks);
  }

  public GitAccess withNetworks(ReachableNetworks others) {
    return new GitAccess(allowed, network, redactor, others);
  }
}
