package io.numa.avatar.port.repository;

import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import java.util.List;
import java.util.Optional;

/**
 * A change request, and what was written about it.
 *
 * @param open whether it can still be merged; if not, threads and remarks are empty
 * @param branch the branch that it proposes
 * @param target the branch that it is to be merged into
 * @param head its newest commit
 * @param self the login name of the account that asks; empty if the service does not tell it
 * @param threads the earliest first
 * @param remarks comments that belong to no review; they may be answers of avatars
 */
public record ChangeReview(
    boolean open,
    BranchName branch,
    BranchName target,
    CommitId head,
    Optional<String> self,
    List<ReviewThread> threads,
    List<ReviewComment> remarks) {
  public ChangeReview {
    threads = List.copyOf(threads);
    remarks = List.copyOf(remarks);
  }
}
