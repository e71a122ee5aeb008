package io.numa.avatar.git.internal.patch;

import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;

/** Creates the exceptions for a patch that cannot be applied. */
final class PatchConflict {
  private PatchConflict() {}

  /** The tree differs from what the patch expects. */
  static PortException at(WorkspacePath path, String reason) {
    return new PortException(
        FailureKind.CONFLICT, "could not apply the patch to '" + path + "': " + reason);
  }

  /** The patch is invalid for any tree. */
  static PortException invalid(String reason) {
    return new PortException(FailureKind.INVALID_PLAN, "could not apply the patch: " + reason);
  }

  static PortException denied(WorkspacePath path, String reason) {
    return new PortException(
        FailureKind.DENIED, "could not apply the patch to '" + path + "': " + reason);
  }
}
