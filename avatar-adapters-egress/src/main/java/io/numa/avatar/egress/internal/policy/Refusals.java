package io.numa.avatar.egress.internal.policy;

import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.sandbox.RefusedHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what a sandbox was refused, for the first 100 hosts: a process inside must not fill the
 * memory. Safe for use by several threads.
 */
public final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(Refusals.class);
  private static final int MOST_HOSTS = 100;

  private final Map<HostAndPort, Integer> counts = new LinkedHashMap<>();
  private boolean full;

  /**
   * Counts one refusal. The sandbox itself is no host: an operator who allowed it would open ports
   * of this machine.
   */
  public synchronized void count(Refusal refusal) {
    if (Hosts.isLoopback(refusal.asked().host())) {
      return;
    }
    if (counts.size() < MOST_HOSTS || counts.containsKey(refusal.asked())) {
      if (counts.merge(refusal.asked(), 1, Integer::sum) == 1) {
        log.debug("a sandbox was refused a connection: {}", refusal.reason());
      }
    } else if (!full) {
      full = true;
      log.info("a sandbox was refused more than {} hosts; the others are not told", MOST_HOSTS);
    }
  }

  /** The hosts in the order of their first refusal. */
  public synchronized List<RefusedHost> counted() {
    var hosts = new ArrayList<RefusedHost>();
    counts.forEach((host, count) -> hosts.add(new RefusedHost(host.host(), host.port(), count)));
    return hosts;
  }
}
