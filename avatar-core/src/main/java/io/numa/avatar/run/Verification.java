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
 * scan must accept it, and the project's tests must pass. A coding agent may repair it. Used by the
 * attempt's thread only.
 */
final class Verification {
  private final StageContext context;
  private final Assignment assignment;
  private final SetupStage project;
  private final AgentWork agents;
  private final RepairLoop repairs;

  Verification(StageContext context, Assignment assignment, SetupStage project, AgentWork agents) {
    this.context = context;
    this.assignment = assignment;
    this.project = project;
    this.agents = agents;
    this.repairs = new RepairLoop(agents, TestFiles::is);
  }

  /**
   * Stages and verifies the change that a plan made. A change that is only shown is not tested. An
   * agent that gets a message of a person meanwhile may change it once more.
   *
   * @throws StageFailedException if the agent that repairs the change fails
   */
  Verdict run(ChangedPaths changed) throws StageFailedException, IOException, InterruptedException {
    boolean heard = agents.hear(Optional.empty());
    Verdict verdict = repairs.run(verify(heard ? ChangedPaths.ANYWHERE : changed), this::verify);
    while (!agents.hasHeardAll() && agents.hear(tested(verdict))) {
      verdict = repairs.run(verify(ChangedPaths.ANYWHERE), this::verify);
    }
    return verdict;
  }

  private static Optional<StagedChange> tested(Verdict verdict) {
    return verdict instanceof Verdict.Passed passed
        ? Optional.of(passed.change())
        : verdict.setback().flatMap(Setback::tested);
  }

  /** Verifies the staged result of a replay, as {@link #run(ChangedPaths)} does. */
  Verdict run(StagedChange replayed)
      throws StageFailedException, IOException, InterruptedException {
    agents.staged(replayed);
    Optional<Verdict> refusal = refusal(replayed);
    return repairs.run(refusal.isPresent() ? refusal.get() : test(replayed), this::verify);
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
