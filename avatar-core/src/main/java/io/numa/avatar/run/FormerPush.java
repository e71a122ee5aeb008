package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * Looks on the remote for a commit of an attempt that another avatar has made. That avatar was gone
 * before it could report the push; to carry out the task once more would find nothing to change.
 */
final class FormerPush {
  /** No commit has this id: only the trailers can tell the attempt's commit. */
  private static final CommitId UNKNOWN = new CommitId("0".repeat(40));

  private final StageContext context;
  private final Assignment assignment;

  FormerPush(StageContext context, Assignment assignment) {
    this.context = context;
    this.assignment = assignment;
  }

  /** The commit of the newest attempt that has pushed. */
  Optional<CommitId> find(List<AttemptId> attempts) throws InterruptedException {
    for (int last = attempts.size() - 1; last >= 0; last--) {
      Optional<CommitId> pushed = find(attempts.get(last));
      if (pushed.isPresent()) {
        return pushed;
      }
    }
    return Optional.empty();
  }

  private Optional<CommitId> find(AttemptId attempt) throws InterruptedException {
    var push =
        new PendingPush(assignment.application().repository(), assignment.task().branch(), UNKNOWN);
    return context
        .ports()
        .repository()
        .findPushed(new Attempt(assignment.task().id(), attempt, Optional.empty()), push);
  }
}
