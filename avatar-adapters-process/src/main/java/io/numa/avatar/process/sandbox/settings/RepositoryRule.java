package io.numa.avatar.process.sandbox.settings;

import io.numa.avatar.port.sandbox.HostAndPort;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.SandboxProfile;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The operator's exception for some repositories.
 *
 * @param matches chooses the repositories
 * @param profile for all kinds of work in place of the usual ones; the usual ones if empty
 * @param allow hosts that they may reach in addition to the usual ones
 */
public record RepositoryRule(
    Predicate<RepositoryUrl> matches, Optional<SandboxProfile> profile, List<HostAndPort> allow) {
  public RepositoryRule {
    allow = List.copyOf(allow);
  }
}
