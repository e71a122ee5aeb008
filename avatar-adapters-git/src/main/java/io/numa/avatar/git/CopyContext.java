package io.numa.avatar.git;

import io.numa.avatar.port.Checkout;
import io.numa.avatar.task.BranchName;
import java.io.IOException;
import java.time.Clock;

/** What the states of one working copy share. */
record CopyContext(Checkout checkout, Remote remote, Premises premises, Clock clock) {
  BranchName branch() {
    return checkout.branch();
  }

  /**
   * Opens the copy's repository with the configuration that the checkout gave it, whatever a
   * command has made of that since.
   */
  PushingRepository repository() throws IOException {
    GitFolder.reset(premises.git());
    return premises.repository();
  }

  TransferMonitor monitor() {
    return TransferMonitor.of(premises.git(), progress -> {});
  }
}
