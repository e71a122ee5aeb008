package io.numa.avatar.task;

import java.util.List;
import java.util.Optional;

/**
 * The result of a task so far; unknown parts are empty.
 *
 * @param base the commit the work started from
 * @param steps the started steps, in order; if there are too many, the first ones and the last one
 * @param commit the commit of the work
 * @param processControl how reliably commands are ended with all their processes, in a word
 * @param changeRequest the result for the change request, if one was wanted
 */
public record WorkSummary(
    Optional<BranchName> branch,
    Optional<CommitId> base,
    List<StepReport> steps,
    Optional<CommitId> commit,
    Optional<TestReport> tests,
    Optional<String> processControl,
    Optional<ChangeRequestReport> changeRequest) {

  public static final WorkSummary NOTHING_YET =
      new WorkSummary(
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public WorkSummary {
    steps = List.copyOf(steps);
  }

  public WorkSummary withBase(BranchName newBranch, CommitId newBase) {
    return new WorkSummary(
        Optional.of(newBranch),
        Optional.of(newBase),
        steps,
        commit,
        tests,
        processControl,
        changeRequest);
  }

  public WorkSummary withSteps(List<StepReport> newSteps) {
    return new WorkSummary(branch, base, newSteps, commit, tests, processControl, changeRequest);
  }

  public WorkSummary withTests(TestReport report) {
    return new WorkSummary(
        branch, base, steps, commit, Optional.of(report), processControl, changeRequest);
  }

  public WorkSummary withCommit(CommitId newCommit) {
    return new WorkSummary(
        branch, base, steps, Optional.of(newCommit), tests, processControl, changeRequest);
  }

  public WorkSummary withProcessControl(Optional<String> word) {
    return new WorkSummary(branch, base, steps, commit, tests, word, changeRequest);
  }

  public WorkSummary withChangeRequest(ChangeRequestReport report) {
    return new WorkSummary(branch, base, steps, commit, tests, processControl, Optional.of(report));
  }
}
