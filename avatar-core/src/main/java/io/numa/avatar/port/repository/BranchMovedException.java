package io.numa.avatar.port.repository;

import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;

/** Others have pushed to the branch since its base was fetched. Our commit was not pushed. */
public final class BranchMovedException extends PortException {
  public BranchMovedException(String message) {
    super(FailureKind.PUSH_REJECTED, message);
  }
}
