package io.numa.avatar.git.forge;

import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.http.RetrySettings;
import java.time.Duration;
import java.util.List;

/**
 * How the services are called.
 *
 * @param hosts the first that matches a repository's counts
 * @param network how the services are reached
 * @param timeout for each call, from its first byte to its last
 * @param retries of all that a change request takes; a service that asks to be left alone for
 *     longer than their longest {@code Retry-After} is not waited for
 */
public record ForgeSettings(
    List<ForgeHost> hosts, HttpNetwork network, Duration timeout, RetrySettings retries) {
  /** Five tries within half a minute, and two minutes for a service that asks for them. */
  private static final RetrySettings RETRIES =
      new RetrySettings(5, Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofMinutes(2));

  public ForgeSettings {
    hosts = List.copyOf(hosts);
  }

  /** Thirty seconds for a call, five tries within half a minute, and two minutes of patience. */
  public static ForgeSettings of(List<ForgeHost> hosts, HttpNetwork network) {
    return new ForgeSettings(hosts, network, Duration.ofSeconds(30), RETRIES);
  }

  public ForgeSettings withTimeout(Duration newTimeout) {
    return new ForgeSettings(hosts, network, newTimeout, retries);
  }

  public ForgeSettings withRetries(RetrySettings newRetries) {
    return new ForgeSettings(hosts, network, timeout, newRetries);
  }
}
