package io.numa.avatar.run;

import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.agent.AgentWork;
import io.numa.avatar.run.agent.LaterChanges;
import io.numa.avatar.run.agent.RepairLoop;
import io.numa.avatar.run.agent.Setback;
import io.numa.avatar.run.change.ChangeReports;
import io.numa.avatar.run.change.TestFiles;
import io.numa.avatar.run.guard.SecretScan;
import io.numa.avatar.run.review.ChangeReview;
import io.numa.avatar.run.review.Review;
import io.numa.avatar.run.text.ReviewText;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a change may be committed: the change must not be empty, the guard and the secret
 * scan must accept it, the project's tests must pass, and a reviewer may have a say. A coding agent
 * may repair it. Used by the attempt's thread only.
 */
final class Verification {
  private final StageContext context;
  private final Assignment assignment;
  private final SetupStage project;
  private final AgentWork agents;
  private final RepairLoop repairs;
  private final Optional<ChangeReview> reviews;

  /**
   * @param reviews reviews what has passed everything else; empty if no review is wanted
   */
  Verification(
      StageContext context,
      Assignment assignment,
      SetupStage project,
      AgentWork agents,
      Optional<ChangeReview> reviews) {
    this.context = context;
    this.assignment = assignment;
    this.project = project;
    this.agents = agents;
    this.repairs = new RepairLoop(agents, TestFiles::is);
    this.reviews = reviews;
  }

  /**
   * Stages and verifies the change that a plan made. A change that is only shown is not tested. An
   * agent that gets a message of a person meanwhile may change it once more.
   *
   * @throws StageFailedException if the agent that repairs or reviews the change fails
   */
  Verdict run(ChangedPaths changed) throws StageFailedException, IOException, InterruptedException {
    boolean heard = agents.hear(Optional.empty());
    Verdict.Reviewed verdict = settle(heard ? ChangedPaths.ANYWHERE : changed);
    while (!agents.hasHeardAll() && agents.hear(tested(verdict.verified()))) {
      verdict = settle(ChangedPaths.ANYWHERE);
    }
    return verdict;
  }

  private static Optional<StagedChange> tested(Verdict verdict) {
    return verdict
        .deliverable()
        .map(Verdict.Deliverable::change)
        .or(() -> verdict.setback().flatMap(Setback::tested));
  }

  private Verdict.Reviewed settle(ChangedPaths changed)
      throws StageFailedException, IOException, InterruptedException {
    return repairs.run(reviewed(changed), this::reviewed);
  }

  /** Messages of people come before the review, which would be of no use for another change. */
  private Verdict.Reviewed reviewed(ChangedPaths changed)
      throws StageFailedException, IOException, InterruptedException {
    Verdict verdict = repairs.run(verify(changed), this::verify);
    while (reviews.isPresent() && agents.hear(tested(verdict))) {
      verdict = repairs.run(verify(ChangedPaths.ANYWHERE), this::verify);
    }
    return review(verdict);
  }

  private Verdict.Reviewed review(Verdict verified)
      throws StageFailedException, IOException, InterruptedException {
    Optional<Verdict.Deliverable> tested = verified.deliverable();
    boolean wanted =
        reviews.isPresent()
            && context.settings().delivery() != RunSettings.Delivery.SHOW
            && tested.filter(passed -> !passed.change().changes().isEmpty()).isPresent();
    return new Verdict.Reviewed(
        verified,
        wanted ? Optional.of(review(reviews.get(), tested.orElseThrow())) : Optional.empty());
  }

  private Review review(ChangeReview reviewing, Verdict.Deliverable tested)
      throws StageFailedException, IOException, InterruptedException {
    Optional<Review> known = reviewing.known(tested.change());
    if (known.isPresent()) {
      context.say("the review of this change holds: it does the same");
      return known.get();
    }
    context.enter(Stage.REVIEW);
    Review review = reviewing.run(tested.change(), tested.report());
    context.checkTime();
    context.progress().reviewed(review.report());
    context.say(ReviewText.of(review.report()));
    return review;
  }

  /** Verifies the staged result of a replay, as {@link #run(ChangedPaths)} does. */
  Verdict run(StagedChange replayed)
      throws StageFailedException, IOException, InterruptedException {
    agents.staged(replayed);
    Optional<Verdict> refusal = refusal(replayed);
    Verdict verified =
        repairs.run(refusal.isPresent() ? refusal.get() : test(replayed), this::verify);
    return repairs.run(review(verified), this::reviewed);
  }

  private Verdict verify(ChangedPaths changed)
      throws StageFailedException, IOException, InterruptedException {
    makeTestsReady();
    try {
      return verifyStaged(changed);
    } finally {
      project.commands().dropReady();
    }
  }

  /** Others of the project's commands may come before tests that no one gave. */
  private void makeTestsReady() {
    if (context.settings().delivery() != RunSettings.Delivery.SHOW
        && assignment.givenTest().orElse(null) instanceof TestCommand.Run tests) {
      Path directory = project.copy().directory();
      Duration timeout = context.limits().tests();
      var command = new Command(tests.command(), directory, Map.of(), timeout);
      project.commands().makeReady(Stage.TEST, command);
    }
  }

  private Verdict verifyStaged(ChangedPaths changed)
      throws StageFailedException, IOException, InterruptedException {
    StagedChange change;
    try {
      // Stage before the tests run, so that the commit contains no files that the tests write.
      change = project.copy().stage(changed, context.settings().guard().maxFileSize());
    } catch (PortException e) {
      return refused(e);
    }
    agents.staged(change);
    Optional<Verdict> refusal = refusal(change);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    context.environment().listener().developed(assignment.task().id(), change);
    return context.settings().delivery() == RunSettings.Delivery.SHOW
        ? new Verdict.Passed(change, Optional.empty())
        : test(change);
  }

  private static Verdict refused(PortException reason) {
    if (reason.kind() != FailureKind.DENIED) {
      throw reason;
    }
    return new Verdict.Refused(
        new StageFailedException(reason.kind(), reason.getMessage()), Optional.empty());
  }

  /** Why a change may not even be tested; empty if it may be. */
  private Optional<Verdict> refusal(StagedChange change) throws IOException {
    context.progress().changed(ChangeReports.of(change));
    if (change.changes().isEmpty() && !assignment.plan().allowEmpty()) {
      return Optional.of(new Verdict.Unchanged());
    }
    try {
      context.settings().guard().check(change.changes());
      SecretScan.check(change, context.settings().redactor());
      return Optional.empty();
    } catch (StageFailedException e) {
      return Optional.of(new Verdict.Refused(e, Optional.empty()));
    }
  }

  private Verdict test(StagedChange change)
      throws StageFailedException, IOException, InterruptedException {
    if (context.settings().delivery() == RunSettings.Delivery.PUSH) {
      change.preparePush(); // quick tests are over when the remote has answered
    }
    try {
      Verdict verdict =
          new TestStage(context, assignment, project, change, agents.hasWorked()).run();
      if (agents.hasWorked()
          && verdict instanceof Verdict.Passed passed
          && passed.report().isPresent()) {
        sayWhatChangedMeanwhile(change);
      }
      return verdict;
    } catch (StageFailedException e) {
      context.checkTime();
      return new Verdict.Refused(e, Optional.of(change));
    }
  }

  /** Refuses nothing, as builds may change files for good reasons, such as to format them. */
  private void sayWhatChangedMeanwhile(StagedChange change) throws IOException {
    LaterChanges.of(project.copy(), change, context.settings().guard().maxFileSize())
        .ifPresent(
            files ->
                context.say(
                    "the tests changed "
                        + files
                        + ": what was tested is not all that will be committed"));
  }
}
