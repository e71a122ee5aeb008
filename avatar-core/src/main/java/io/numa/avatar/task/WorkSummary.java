package io.numa.avatar.task;

import java.util.List;
import java.util.Optional;

/**
 * What a task has come to so far: everything that is known is there, the rest is empty.
 *
 * @param base the commit the work started from
 * @param steps those that were begun, in order; of very many, the first and the last one
 * @param commit what was made of it
 * @param processControl how surely commands are ended with all they started, in a word
 * @param changeRequest what became of the wish for one, where there was one
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
