package io.numa.avatar.task;

import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.ChangeReport;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.task.agent.ReviewReport;
import io.numa.avatar.task.sandbox.SandboxReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
 * @param review the last review by another coding agent, if there was one
 * @param ignored what the task or its repository asked for that has no effect, a sentence each
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
    Optional<SandboxReport> sandbox,
    Optional<ReviewReport> review,
    List<String> ignored) {
  private static final int MAX_IGNORED = 20;

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
    ignored = List.copyOf(ignored);
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
        Optional.empty(),
        Optional.empty(),
        List.of());
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
        sandbox,
        review,
        ignored);
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
        sandbox,
        review,
        ignored);
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
        sandbox,
        review,
        ignored);
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
        sandbox,
        review,
        ignored);
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
        sandbox,
        review,
        ignored);
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
        sandbox,
        review,
        ignored);
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
        sandbox,
        review,
        ignored);
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
        sandbox,
        review,
        ignored);
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
        sandbox,
        review,
        ignored);
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
        Optional.of(report),
        review,
        ignored);
  }

  public WorkSummary withReview(ReviewReport report) {
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
        sandbox,
        Optional.of(report),
        ignored);
  }

  /** A copy with one more sentence, unless there are very many. */
  public WorkSummary withIgnored(String sentence) {
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
        sandbox,
        review,
        Stream.concat(ignored.stream(), Stream.of(sentence)).limit(MAX_IGNORED).toList());
  }
}
