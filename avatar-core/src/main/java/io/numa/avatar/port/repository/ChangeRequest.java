package io.numa.avatar.port.repository;

import io.numa.avatar.task.BranchName;
import java.util.List;

/**
 * A pushed branch that people should review and merge: a pull request or merge request.
 *
 * @param pushed the commit, and the branch that it is the tip of
 * @param target the branch that it is to be merged into
 * @param body in Markdown
 * @param draft whether it is opened as a draft, which is not ready to be merged
 * @param labels the names of the labels
 * @param reviewers the login names of the reviewers
 */
public record ChangeRequest(
    PendingPush pushed,
    BranchName target,
    String title,
    String body,
    boolean draft,
    List<String> labels,
    List<String> reviewers) {
  public ChangeRequest {
    labels = List.copyOf(labels);
    reviewers = List.copyOf(reviewers);
    if (title.isBlank()) {
      throw new IllegalArgumentException("a change request needs a title");
    }
  }
}
