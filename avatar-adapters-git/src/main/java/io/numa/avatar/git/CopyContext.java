package io.numa.avatar.git;

import io.numa.avatar.git.internal.objects.GitDirectory;
import io.numa.avatar.git.internal.objects.SparsePackRepository;
import io.numa.avatar.git.internal.remote.Remote;
import io.numa.avatar.git.internal.support.TransferMonitor;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.task.BranchName;
import java.io.IOException;
import java.time.Clock;

/** The objects that all states of one working copy share. */
public record CopyContext(
    CheckoutRequest request, Remote remote, LocalCheckout checkout, Clock clock) {
  BranchName branch() {
    return request.branch();
  }

  /**
   * Opens the copy's repository. A command may have changed its configuration; this restores it.
   */
  SparsePackRepository repository() throws IOException {
    GitDirectory.reset(checkout.git());
    return checkout.repository();
  }

  TransferMonitor monitor() {
    return TransferMonitor.of(checkout.git(), progress -> {});
  }
}
