package io.numa.avatar.git.settings;

import io.numa.avatar.metric.Metrics;
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
 * @param metrics are told how long operations take, and how many bytes they exchange
 */
public record GitAccess(
    AllowedUrls allowed,
    HttpNetwork network,
    Redactor redactor,
    ReachableNetworks networks,
    Metrics metrics) {
  /** Access to every host, with the JVM's own network settings and a redactor of its own. */
  public static GitAccess open() {
    return new GitAccess(
        AllowedUrls.ANY,
        HttpNetwork.DIRECT,
        Redactor.of(List.of()),
        ReachableNetworks.ANY,
        Metrics.NONE);
  }

  public GitAccess withAllowed(AllowedUrls urls) {
    return new GitAccess(urls, network, redactor, networks, metrics);
  }

  public GitAccess withNetwork(HttpNetwork way) {
    return new GitAccess(allowed, way, redactor, networks, metrics);
  }

  public GitAccess withRedactor(Redactor other) {
    return new GitAccess(allowed, network, other, networks, metrics);
  }

  public GitAccess withNetworks(ReachableNetworks others) {
    return new GitAccess(allowed, network, redactor, others, metrics);
  }

  public GitAccess withMetrics(Metrics told) {
    return new GitAccess(allowed, network, redactor, networks, told);
  }
}
