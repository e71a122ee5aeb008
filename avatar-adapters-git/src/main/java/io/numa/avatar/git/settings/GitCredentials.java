package io.numa.avatar.git.settings;

import io.numa.avatar.http.address.Destination;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The credentials of all hosts. For each purpose, the first matching credential is used. */
public record GitCredentials(List<HostCredential> hosts) {
  public static final GitCredentials NONE = of();

  public GitCredentials {
    hosts = List.copyOf(hosts);
  }

  public static GitCredentials of(HostCredential... hosts) {
    return new GitCredentials(List.of(hosts));
  }

  /** The first credential for a destination that {@code what} accepts. */
  public Optional<HostCredential> find(Destination to, Predicate<HostCredential> what) {
    return hosts.stream().filter(one -> one.matches(to)).filter(what).findFirst();
  }
}
