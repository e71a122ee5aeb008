package io.numa.avatar.testkit.contract;

import io.numa.avatar.task.BranchName;
import java.util.Set;

/**
 * A change request as people see it.
 *
 * @param title without the word by which some services mark drafts
 * @param reviewers by the names they were asked by
 */
public record ShownRequest(
    String url,
    State state,
    BranchName head,
    BranchName target,
    String title,
    String body,
    boolean draft,
    Set<String> labels,
    Set<String> reviewers) {
  public ShownRequest {
    labels = Set.copyOf(labels);
    reviewers = Set.copyOf(reviewers);
  }

  /** What people have made of it. */
  public enum State {
    OPEN,
    CLOSED,
    MERGED
  }
}
