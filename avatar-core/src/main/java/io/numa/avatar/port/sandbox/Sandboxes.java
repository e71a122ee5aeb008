package io.numa.avatar.port.sandbox;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.util.List;
import java.util.Optional;

/** Tells which sandboxes hold commands and coding agents. Safe for use by several threads. */
public interface Sandboxes {
  /** No sandboxes; every minimum is met. */
  Sandboxes NONE =
      new Sandboxes() {
        @Override
        public SandboxLevel level(WorkKind kind, Optional<RepositoryUrl> repository) {
          var nothing = new SandboxReport(SandboxProfile.OFF, "none", List.of(), List.of());
          return new SandboxLevel(nothing, Optional.empty());
        }

        @Override
        public List<RefusedHost> refused(AttemptId attempt) {
          return List.of();
        }
      };

  /**
   * What a kind of work gets.
   *
   * <p>The first call tries it, which may take seconds; other threads wait for it.
   *
   * @param repository for which the operator may have made an exception; empty if it is not known
   *     yet
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if that cannot be found out
   */
  SandboxLevel level(WorkKind kind, Optional<RepositoryUrl> repository);

  /**
   * Why a kind of work gets less than the operator's minimum, as {@link #level} tells it; empty if
   * it does not.
   *
   * @throws PortException of kind {@code SANDBOX_UNAVAILABLE} if that cannot be found out
   */
  default Optional<String> problem(WorkKind kind, Optional<RepositoryUrl> repository) {
    return level(kind, repository).problem();
  }

  /**
   * Learns the secrets that tasks could print, such as the logins of registries, unless they are
   * known. Called before each task; may take a second the first time.
   */
  default void prepare() {}

  /**
   * The hosts that processes of an attempt were refused so far, those refused first at the
   * beginning; a hundred at most. Forgotten a while after the attempt's last process has ended.
   */
  List<RefusedHost> refused(AttemptId attempt);

  /** Removes what was kept for sandboxes and is too large or outdated; may do it later. */
  default void tidy() {}
}
