package io.numa.avatar.process.sandbox;

import io.numa.avatar.port.sandbox.Egress;
import io.numa.avatar.port.sandbox.SandboxLevel;
import io.numa.avatar.port.sandbox.Sandboxes;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.util.List;
import java.util.Optional;

/** The sandboxes of this machine. Safe for use by several threads. */
public final class LocalSandboxes implements Sandboxes {
  private final SandboxSettings settings;

  /**
   * @param egress the way out for the profile {@code EGRESS}; without it, that network holds
   *     nothing
   */
  public LocalSandboxes(SandboxSettings settings, Optional<Egress> egress) {
    this.settings = settings;
  }

  @Override
  public SandboxLevel level(WorkKind kind, Optional<RepositoryUrl> repository) {
    var profile = settings.profile(kind, repository);
    return new SandboxLevel(
        new SandboxReport(profile, "none", List.of(), List.of()), Optional.empty());
  }

  @Override
  public List<RefusedHost> refused(AttemptId attempt) {
    return List.of();
  }
}
