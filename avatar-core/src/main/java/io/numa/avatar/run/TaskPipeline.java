package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.agent.AgentWork;
import io.numa.avatar.run.branch.BranchLocks;
import io.numa.avatar.run.command.AttemptSandboxes;
import io.numa.avatar.run.command.WorkPlace;
import io.numa.avatar.run.history.KeptWork;
import io.numa.avatar.run.review.ChangeReview;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.time.Durations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Carries out one claimed task, from its application to its push, stage by stage: fetch, plan,
 * clone, setup, develop, test, review, commit, push. Single use; used by the attempt's thread only.
 */
final class TaskPipeline {
  /** No commit has this id: only the trailers tell which attempt has made a commit. */
  private static final CommitId UNKNOWN = new CommitId("0".repeat(40));

  private final StageContext context;
  private final Outcomes outcomes;

  TaskPipeline(StageContext context, Outcomes outcomes) {
    this.context = context;
    this.outcomes = outcomes;
  }

  /** Returns the outcome; a failure is an outcome, too. */
  TaskOutcome run(FetchedTask fetched) {
    if (fetched.task().isEmpty()) {
      context.say(fetched.problem());
      return context
          .progress()
          .failed(FailureKind.INVALID_TASK, fetched.problem(), OptionalInt.empty());
    }
    context.begin(fetched.task().get());
    try {
      deliver(fetched.task().get(), fetched.former());
      return new TaskOutcome.Delivered(context.progress().work());
    } catch (Exception | Error e) {
      return outcomes.of(e, context.cancellation());
    }
  }

  private void deliver(Task task, List<AttemptId> former)
      throws StageFailedException, IOException, InterruptedException {
    var application = new FetchStage(context).run(task);
    var plan = new PlanStage(context).run(task);
    var assignment = new Assignment(task, application, plan);
    Optional<CommitId> pushed = findPushed(former, assignment);
    if (pushed.isPresent()) {
      context.say("an earlier attempt has pushed " + pushed.get() + " to " + task.branch());
      context.progress().committed(pushed.get());
      propose(assignment);
      return;
    }
    NeededSandboxes.of(assignment, context.settings())
        .require(context.ports().sandboxes(), Optional.of(application.repository()));
    try (var inbox = context.openInbox(assignment);
        var lock = awaitBranch(assignment);
        var copy = new CloneStage(context).run(assignment)) {
      AttemptSandboxes sandboxes = context.sandboxes(WorkPlace.of(application.repository(), copy));
      var project = new SetupStage(context, assignment, copy, sandboxes);
      var stage = new AgentStage(context, assignment, copy, sandboxes, inbox);
      AgentWork agents = stage.agents();
      boolean delivered = false;
      try (agents) {
        project.run();
        Optional<ChangeReview> reviews = stage.reviews(project.base(), agents);
        deliver(assignment, project, agents, reviews);
        delivered = true;
      } finally {
        if (!delivered) {
          keepChange(agents);
          keepFailed(copy);
        }
      }
    }
  }

  /**
   * The commit of the newest of these attempts that has pushed. The avatar that made it was gone
   * before it could report; to carry out the task once more would find nothing to change.
   */
  private Optional<CommitId> findPushed(List<AttemptId> former, Assignment assignment)
      throws InterruptedException {
    TaskId task = assignment.task().id();
    var push =
        new PendingPush(assignment.application().repository(), assignment.task().branch(), UNKNOWN);
    for (int last = former.size() - 1; last >= 0; last--) {
      var attempt = new Attempt(task, former.get(last), Optional.empty());
      Optional<CommitId> pushed = context.ports().repository().findPushed(attempt, push);
      if (pushed.isPresent()) {
        return pushed;
      }
    }
    return Optional.empty();
  }

  private void deliver(
      Assignment assignment, SetupStage project, AgentWork agents, Optional<ChangeReview> reviews)
      throws StageFailedException, IOException, InterruptedException {
    ChangedPaths changed =
        new DevelopStage(context, project.commands(), agents)
            .run(assignment.plan(), project.copy());
    Instant start = context.environment().clock().instant();
    var verification = new Verification(context, assignment, project, agents, reviews);
    StagedChange change = verification.run(changed).require("the plan left the tree as it was");
    if (context.settings().delivery() == RunSettings.Delivery.SHOW) {
      context.say("dry run: not tested, not committed, not pushed");
      return;
    }
    var commits = new CommitStage(context, assignment);
    LocalCommit commit = commits.run(change);
    if (context.settings().delivery() == RunSettings.Delivery.KEEP) {
      context.environment().listener().kept(assignment.task().id(), commit);
      context.say("not pushed, as asked");
      return;
    }
    new PushStage(context, assignment, verification, commits, commit).run(start);
    propose(assignment);
  }

  private BranchLocks.BranchLock awaitBranch(Assignment assignment) throws InterruptedException {
    Task task = assignment.task();
    return context
        .environment()
        .branchLocks()
        .take(
            assignment.application().repository(),
            task.branch(),
            () -> context.say("waiting for another task on branch " + task.branch()));
  }

  /**
   * Proposes the pushed commit. A stop does not undo the push; if the task is still ours, the stop
   * only prevents the change request.
   */
  private void propose(Assignment assignment) throws InterruptedException {
    var proposal = new Proposal(context.environment(), context.attempt(), context::say);
    try {
      proposal.make(assignment.task(), assignment.application(), context.progress());
    } catch (InterruptedException e) {
      proposal.giveUp(context.progress(), context.cancellation().stopReason().orElseThrow(() -> e));
    }
  }

  /** Keeps what an agent has changed. */
  private void keepChange(AgentWork agents) {
    long largestFile = context.settings().guard().maxFileSize();
    agents
        .keepChange(
            context.environment().patch(context.attempt()),
            out -> context.ports().repository().writeLeftChange(context.home(), largestFile, out))
        .ifPresent(
            patch -> {
              context.progress().kept(patch);
              context.trySay("the change is kept: " + patch.path());
            });
  }

  /** Keeps the files, so that a person can inspect the failure. */
  private void keepFailed(WorkingCopy copy) {
    Duration time = context.settings().attempts().keepFailed();
    if (!time.isZero()) {
      copy.keep();
      KeptWork.mark(context.home(), context.environment().clock().instant());
      context.trySay(
          "the working copy is kept for " + Durations.text(time) + ": " + copy.directory());
    }
  }
}
