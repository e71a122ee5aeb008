package io.numa.avatar.task;

import java.util.Optional;

/**
 * What a task has come to so far: everything that is known is there, the rest is empty.
 *
 * @param base the commit the work started from
 * @param commit what was made of it
 */
public record WorkSummary(
    Optional<BranchName> branch,
    Optional<CommitId> base,
    Optional<CommitId> commit,
    Optional<TestReport> tests) {

  public static final WorkSummary NOTHING_YET =
      new WorkSummary(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public WorkSummary withBase(BranchName newBranch, CommitId newBase) {
    return new WorkSummary(Optional.of(newBranch), Optional.of(newBase), commit, tests);
  }

  public WorkSummary withTests(TestReport report) {
    return new WorkSummary(branch, base, commit, Optional.of(report));
  }

  public WorkSummary withCommit(CommitId newCommit) {
    return new WorkSummary(branch, base, Optional.of(newCommit), tests);
  }
}
