package io.numa.avatar.task;

import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.ChangeReport;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.task.sandbox.SandboxReport;
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
 * @param agent what a coding agent did, if one worked
 * @param changes the size of the change, if one was staged
 * @param keptPatch the change of a failed attempt, if a coding agent had made one
 * @param sandbox in which commands and agents ran, if one did
 */
public record WorkSummary(
    Optional<BranchName> branch,
    Optional<CommitId> base,
    List<StepReport> steps,
    Optional<CommitId> commit,
    Optional<TestReport> tests,
    Optional<String> processControl,
    Optional<ChangeRequestReport> changeRequest,
    Optional<AgentReport> agent,
    Optional<ChangeReport> changes,
    Optional<KeptPatch> keptPatch,
    Optional<SandboxReport> sandbox) {

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

  /** A result without a coding agent. */
  public WorkSummary(
      Optional<BranchName> branch,
      Optional<CommitId> base,
      List<StepReport> steps,
      Optional<CommitId> commit,
      Optional<TestReport> tests,
      Optional<String> processControl,
      Optional<ChangeRequestReport> changeRequest) {
    this(
        branch,
        base,
        steps,
        commit,
        tests,
        processControl,
        changeRequest,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public WorkSummary withBase(BranchName newBranch, CommitId newBase) {
    return new WorkSummary(
        Optional.of(newBranch),
        Optional.of(newBase),
        steps,
        commit,
        tests,
        processControl,
        changeRequest,
        agent,
        changes,
        keptPatch,
        sandbox);
  }

  public WorkSummary withSteps(List<StepReport> newSteps) {
    return new WorkSummary(
        branch,
        base,
        newSteps,
        commit,
        tests,
        processControl,
        changeRequest,
        agent,
        changes,
        keptPatch,
        sandbox);
  }

  public WorkSummary withTests(TestReport report) {
    return new WorkSummary(
        branch,
        base,
        steps,
        commit,
        Optional.of(report),
        processControl,
        changeRequest,
        agent,
        changes,
        keptPatch,
        sandbox);
  }

  public WorkSummary withCommit(CommitId newCommit) {
    return new WorkSummary(
        branch,
        base,
        steps,
        Optional.of(newCommit),
        tests,
        processControl,
        changeRequest,
        agent,
        changes,
        keptPatch,
        sandbox);
  }

  public WorkSummary withProcessControl(Optional<String> word) {
    return new WorkSummary(
        branch,
        base,
        steps,
        commit,
        tests,
        word,
        changeRequest,
        agent,
        changes,
        keptPatch,
        sandbox);
  }

  public WorkSummary withChangeRequest(ChangeRequestReport report) {
    return new WorkSummary(
        branch,
        base,
        steps,
        commit,
        tests,
        processControl,
        Optional.of(report),
        agent,
        changes,
        keptPatch,
        sandbox);
  }

  public WorkSummary withAgent(AgentReport report) {
    return new WorkSummary(
        branch,
        base,
        steps,
        commit,
        tests,
        processControl,
        changeRequest,
        Optional.of(report),
        changes,
        keptPatch,
        sandbox);
  }

  public WorkSummary withChanges(ChangeReport report) {
    return new WorkSummary(
        branch,
        base,
        steps,
        commit,
        tests,
        processControl,
        changeRequest,
        agent,
        Optional.of(report),
        keptPatch,
        sandbox);
  }

  public WorkSummary withKeptPatch(KeptPatch patch) {
    return new WorkSummary(
        branch,
        base,
        steps,
        commit,
        tests,
        processControl,
        changeRequest,
        agent,
        changes,
        Optional.of(patch),
        sandbox);
  }

  public WorkSummary withSandbox(SandboxReport report) {
    return new WorkSummary(
        branch,
        base,
        steps,
        commit,
        tests,
        processControl,
        changeRequest,
        agent,
        changes,
        keptPatch,
        Optional.of(report));
  }
}
