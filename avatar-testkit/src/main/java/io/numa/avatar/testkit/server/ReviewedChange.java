package io.numa.avatar.testkit.server;

import io.numa.avatar.task.CommitId;
import java.util.List;
import java.util.Set;

/**
 * A change in Gerrit.
 *
 * @param target the branch into which it will be merged
 * @param patchSets its commits, the latest last
 * @param wip whether it is work in progress
 * @param open false once it is merged or abandoned
 * @param topic its topic; empty if it has none
 */
public record ReviewedChange(
    int number,
    String project,
    String target,
    String changeId,
    List<CommitId> patchSets,
    boolean wip,
    boolean open,
    String topic,
    Set<String> hashtags,
    Set<String> reviewers) {
  public ReviewedChange {
    patchSets = List.copyOf(patchSets);
    hashtags = Set.copyOf(hashtags);
    reviewers = Set.copyOf(reviewers);
  }

  ReviewedChange closed() {
    return new ReviewedChange(
        number, project, target, changeId, patchSets, wip, false, topic, hashtags, reviewers);
  }

  CommitId current() {
    return patchSets.get(patchSets.size() - 1);
  }

  boolean isOf(String otherProject, String otherTarget, String otherId) {
    return project.equals(otherProject) && target.equals(otherTarget) && changeId.equals(otherId);
  }
}
