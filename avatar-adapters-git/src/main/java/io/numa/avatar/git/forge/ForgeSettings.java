package io.numa.avatar.git.forge;

import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.git.settings.ReachableNetworks;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.http.address.CheckedLookup;
import io.numa.avatar.run.secret.Redactor;
import java.time.Duration;
import java.util.List;

/**
 * How to call the services.
 *
 * @param hosts the first that matches a repository's host is used
 * @param network how to reach the services
 * @param timeout for each call, from its first byte to its last
 * @param retries of the whole work on one change request; if a service asks for a longer pause than
 *     their longest {@code Retry-After}, the call fails
 * @param redactor hides secrets in the texts of the services before messages show a part of them
 * @param networks which addresses may be dialled, beside those of the hosts
 */
public record ForgeSettings(
    List<ForgeHost> hosts,
    HttpNetwork network,
    Duration timeout,
    RetrySettings retries,
    Redactor redactor,
    ReachableNetworks networks) {
  /** Five attempts within half a minute; waits up to two minutes if a service asks for it. */
  private static final RetrySettings RETRIES =
      new RetrySettings(5, Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(2));

  public ForgeSettings {
    hosts = List.copyOf(hosts);
  }

  /**
   * The defaults: 30 seconds for a call, five attempts within half a minute, and up to two minutes
   * of {@code Retry-After}.
   */
  public static ForgeSettings of(List<ForgeHost> hosts, HttpNetwork network) {
    return new ForgeSettings(
        hosts,
        network,
        Duration.ofSeconds(30),
        RETRIES,
        Redactor.of(List.of()),
        ReachableNetworks.ANY);
  }

  public ForgeSettings withTimeout(Duration newTimeout) {
    return new ForgeSettings(hosts, network, newTimeout, retries, redactor, networks);
  }

  public ForgeSettings withRetries(RetrySettings newRetries) {
    return new ForgeSettings(hosts, network, timeout, newRetries, redactor, networks);
  }

  public ForgeSettings withRedactor(Redactor newRedactor) {
    return new ForgeSettings(hosts, network, timeout, retries, newRedactor, networks);
  }

  public ForgeSettings withNetworks(ReachableNetworks newNetworks) {
    return new ForgeSettings(hosts, network, timeout, retries, redactor, newNetworks);
  }

  /** Looks up services, and gives only addresses that these settings allow. */
  CheckedLookup addresses() {
    return networks.checked(to -> hosts.stream().anyMatch(host -> host.names(to)));
  }
}
