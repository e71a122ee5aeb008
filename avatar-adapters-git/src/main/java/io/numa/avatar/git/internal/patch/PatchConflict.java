package io.numa.avatar.git.internal.patch;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;

/** The ways a patch fails. */
final class PatchConflict {
  private PatchConflict() {}

  /** The tree is not as the patch expects it. */
  static PortException at(WorkspacePath path, String reason) {
    return new PortException(
        FailureKind.CONFLICT, "could not apply the patch to '" + path + "': " + reason);
  }

  /** The patch makes no sense, with any tree. */
  static PortException invalid(String reason) {
    return new PortException(FailureKind.INVALID_PLAN, "could not apply the patch: " + reason);
  }

  static PortException denied(WorkspacePath path, String reason) {
    return new PortException(
        FailureKind.DENIED, "could not apply the patch to '" + path + "': " + reason);
  }
}
