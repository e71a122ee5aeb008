package io.numa.avatar.git.internal.remote;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;

/** What a remote's answer to a push means. */
public final class PushVerdict {
  private final String action;
  private final Remote remote;
  private final BranchName branch;
  private final Optional<ObjectId> expected;

  /**
   * @param expected where the branch had to stand
   */
  public PushVerdict(String action, Remote remote, BranchName branch, Optional<ObjectId> expected) {
    this.action = action;
    this.remote = remote;
    this.branch = branch;
    this.expected = expected;
  }

  /** Throws unless the commit is on the branch. */
  public void judge(Pusher.Answer answer) throws IOException {
    if (answer.accepted()) {
      return;
    }
    Status status = answer.update().getStatus();
    if (status == Status.REJECTED_REMOTE_CHANGED
        || status == Status.REJECTED_NONFASTFORWARD
        || hasMoved()) {
      throw new BranchMovedException(
          "could not " + action + ": the branch has moved since its base was fetched");
    }
    String words = answer.words();
    throw new PortException(
        FailureKind.PUSH_REJECTED,
        "could not " + action + ": " + (words.isEmpty() ? "the remote refused" : words));
  }

  /**
   * Who loses a race by a moment is told so in as many ways as there are servers, "failed to update
   * ref" among them; where the branch stands now says it for sure.
   */
  private boolean hasMoved() {
    try {
      return !remote.refs().tip(branch).equals(expected);
    } catch (IOException | RuntimeException e) {
      return false; // what it said is what there is to say then
    }
  }
}
