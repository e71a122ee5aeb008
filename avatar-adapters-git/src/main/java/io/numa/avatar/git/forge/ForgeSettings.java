package io.numa.avatar.git.forge;

import io.numa.avatar.git.HttpNetwork;
import java.time.Duration;
import java.util.List;

/**
 * What the change requests are told by the configuration.
 *
 * @param hosts the first that matches a repository's counts
 * @param timeout for each call, from its first byte to its last
 * @param patience how long a service is waited for that asks to be left alone for a while
 * @param tries of all that a change request takes, the first one too
 * @param firstPause before the second try; doubles with each further one
 * @param network how the services are reached
 */
public record ForgeSettings(
    List<ForgeHost> hosts,
    Duration timeout,
    Duration patience,
    int tries,
    Duration firstPause,
    HttpNetwork network) {
  public ForgeSettings {
    hosts = List.copyOf(hosts);
    if (tries < 1) {
      throw new IllegalArgumentException("a call must be tried at least once: " + tries);
    }
  }

  /** Settings by which services are reached as the JVM's own settings say. */
  public ForgeSettings(
      List<ForgeHost> hosts, Duration timeout, Duration patience, int tries, Duration firstPause) {
    this(hosts, timeout, patience, tries, firstPause, HttpNetwork.DIRECT);
  }

  /** Thirty seconds for a call, five tries within half a minute, and two minutes of patience. */
  public static ForgeSettings of(List<ForgeHost> hosts, HttpNetwork network) {
    return new ForgeSettings(
        hosts, Duration.ofSeconds(30), Duration.ofMinutes(2), 5, Duration.ofSeconds(1), network);
  }
}
