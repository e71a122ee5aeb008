package io.numa.avatar.task.sandbox;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The sandbox in which a task's commands and agents ran; where they ran in several, the weakest.
 *
 * @param profile the one that was asked for
 * @param means what the sandbox is made with, such as {@code bubblewrap}; {@code none} for the
 *     profile {@code OFF}
 * @param lacks the guarantees of the profile that do not hold here, such as {@code network}
 * @param refused the hosts that were refused, those refused first at the beginning
 */
public record SandboxReport(
    SandboxProfile profile, String means, List<String> lacks, List<RefusedHost> refused) {
  public SandboxReport {
    lacks = List.copyOf(lacks);
    refused = List.copyOf(refused);
  }

  /** Whether fewer guarantees hold than in the other one. */
  public boolean isWeakerThan(SandboxReport other) {
    int fewer = Integer.compare(guarantees(), other.guarantees());
    return fewer < 0 || (fewer == 0 && profile.compareTo(other.profile) < 0);
  }

  private int guarantees() {
    return profile.guarantees() - lacks.size();
  }

  /** The same with other names of the refused hosts. */
  public SandboxReport withHosts(UnaryOperator<String> names) {
    return withRefused(
        refused.stream()
            .map(host -> new RefusedHost(names.apply(host.host()), host.port(), host.count()))
            .toList());
  }

  public SandboxReport withRefused(List<RefusedHost> hosts) {
    return new SandboxReport(profile, means, lacks, hosts);
  }
}
