package io.numa.avatar.egress.internal.policy;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.numa.avatar.port.sandbox.HostAndPort;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The hosts that a sandbox may reach, in their canonical spelling. */
public record AllowList(Set<HostAndPort> entries) {
  private static final Logger log = LoggerFactory.getLogger(AllowList.class);
  private static final Set<String> LOCAL = Set.of(Hosts.LOCALHOST, Hosts.LOOPBACK);

  public AllowList {
    entries = entries.stream().flatMap(AllowList::canonical).collect(toUnmodifiableSet());
  }

  /** Whether an entry names this host and port. */
  public boolean names(HostAndPort asked) {
    return entries.contains(asked);
  }

  /** The entries for ports on this machine's loopback, which is the sandbox's own inside. */
  public Set<HostAndPort> local() {
    return entries.stream().filter(AllowList::isLocal).collect(toUnmodifiableSet());
  }

  /** The entries for other machines, and for further addresses of this one. */
  public Set<HostAndPort> outside() {
    return entries.stream().filter(entry -> !isLocal(entry)).collect(toUnmodifiableSet());
  }

  /** Whether a host is the loopback that the sandbox has in place of this machine's. */
  static boolean isLocal(HostAndPort host) {
    return LOCAL.contains(host.host());
  }

  private static Stream<HostAndPort> canonical(HostAndPort entry) {
    Optional<HostAndPort> canonical = Hosts.of(entry.host(), Integer.toString(entry.port()));
    if (canonical.isEmpty()) {
      log.warn("sandbox.allow has '{}', which names no host; nothing is allowed by it", entry);
    }
    return canonical.stream();
  }
}
