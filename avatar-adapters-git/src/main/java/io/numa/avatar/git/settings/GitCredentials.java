package io.numa.avatar.git.settings;

import java.util.List;
import java.util.Locale;
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

  /** The first credential of the host that {@code what} accepts. */
  public Optional<HostCredential> find(String host, int port, Predicate<HostCredential> what) {
    String name = host.toLowerCase(Locale.ROOT);
    return hosts.stream().filter(one -> one.matches(name, port)).filter(what).findFirst();
  }
}
