package io.numa.avatar.run;

import io.numa.avatar.metric.Metric;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BranchMovedException;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.Replayed;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.port.repository.RescuedCommit;
import io.numa.avatar.run.branch.RacePauses;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.Durations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes the commit of an attempt to its branch. If others have pushed to the branch first, this
 * stage replays the commit on theirs, verifies the result, and pushes again. It rescues a verified
 * commit that cannot be pushed. Single use; used by the attempt's thread only.
 */
final class PushStage {
  /** The most replays; each one needs a run of the tests. */
  static final int MAX_REPLAYS = 3;

  private static final Logger log = LoggerFactory.getLogger(PushStage.class);

  private final StageContext context;
  private final RepositoryUrl repository;
  private final BranchName branch;
  private final Verification verification;
  private final CommitStage commits;
  private LocalCommit commit;

  PushStage(
      StageContext context,
      Assignment assignment,
      Verification verification,
      CommitStage commits,
      LocalCommit commit) {
    this.context = context;
    this.repository = assignment.application().repository();
    this.branch = assignment.task().branch();
    this.verification = verification;
    this.commits = commits;
    this.commit = commit;
  }

  /**
   * Pushes the commit, or the result of its replay.
   *
   * @param verifiedFrom when the verification of the commit began
   * @throws StageFailedException if the push failed for good; its message names the place of the
   *     rescued commit
   * @throws PortException if the same task may succeed later; the commit is not rescued then
   */
  void run(Instant verifiedFrom) throws StageFailedException, IOException, InterruptedException {
    try {
      race(verifiedFrom);
    } catch (StageFailedException e) {
      throw e.kind() == FailureKind.NO_CHANGES ? e : e.with(rescue());
    } catch (PortException e) {
      if (e.retryable()) {
        throw e;
      }
      throw new StageFailedException(e.kind(), e.getMessage()).with(rescue());
    }
  }

  private void race(Instant verifiedFrom)
      throws StageFailedException, IOException, InterruptedException {
    var pauses = new RacePauses();
    Instant start = verifiedFrom;
    for (int replays = 0; !push(); replays++) {
      requireAnotherReplay(replays);
      pause(pauses.after(replays, Duration.between(start, now())));
      start = now();
      Replayed replayed = replay();
      if (replayed instanceof Replayed.Landed landed) {
        noteLanded(landed.commit());
        return;
      }
      commit = commitAgain((Replayed.Staged) replayed);
    }
    notePushed();
    context.say("pushed to " + branch);
  }

  private Replayed replay() throws InterruptedException {
    try {
      Replayed replayed = commit.replay(context.attempt());
      countConflict(replayed instanceof Replayed.Landed ? "landed" : "replayed");
      return replayed;
    } catch (PortException e) {
      countConflict(e.kind() == FailureKind.CONFLICT ? "conflict" : "failed");
      throw e;
    }
  }

  private void countConflict(String result) {
    context.ports().metrics().count(Metric.PUSH_CONFLICTS, result);
  }

  private Instant now() {
    return context.environment().clock().instant();
  }

  private void requireAnotherReplay(int replays) throws StageFailedException {
    if (replays == MAX_REPLAYS) {
      throw new StageFailedException(
          FailureKind.PUSH_REJECTED,
          ("could not push '" + branch + "' to '" + repository + "': ")
              + "the branch moved again while the change was replayed on it and tested, "
              + (MAX_REPLAYS + " times"));
    }
  }

  private void pause(Duration pause) throws StageFailedException, InterruptedException {
    context.checkTime();
    if (!pause.isZero()) {
      context.say("the branch has moved; the next try in " + Durations.text(pause));
      Background.pause(pause);
    }
  }

  private LocalCommit commitAgain(Replayed.Staged replayed)
      throws StageFailedException, IOException, InterruptedException {
    context.say("the branch has moved; replayed on " + replayed.tip());
    String unchanged = "the branch already has the whole change, at " + replayed.tip();
    return commits.run(verification.run(replayed.change()).require(unchanged));
  }

  /** Returns whether the commit was pushed; if not, the branch had moved. */
  private boolean push() throws StageFailedException, InterruptedException {
    context.enter(Stage.PUSH);
    context.checkTime();
    var push = new PendingPush(repository, branch, commit.id());
    context.environment().journal().committed(context.attempt().id(), push);
    context.checkOwnership();
    try {
      push(push);
      return true;
    } catch (BranchMovedException e) {
      return false;
    }
  }

  /**
   * Pushes, and checks the remote after a push without an answer: a commit on the remote can no
   * longer be cancelled.
   */
  private void push(PendingPush push) throws InterruptedException {
    try {
      commit.push();
    } catch (InterruptedException e) {
      boolean ours = context.cancellation().stopReason().isPresent();
      if (!ours || remote().findPushed(context.attempt(), push).isEmpty()) {
        throw e;
      }
    } catch (PortException e) {
      if (!e.retryable() || !isFound(push, e)) {
        throw e;
      }
    }
  }

  /**
   * Whether the remote has a commit whose push it did not answer, even if others have pushed since.
   */
  private boolean isFound(PendingPush push, PortException unanswered) throws InterruptedException {
    try {
      return remote().findPushed(context.attempt(), push).isPresent();
    } catch (PortException e) {
      unanswered.addSuppressed(e);
      return false;
    }
  }

  private Repository remote() {
    return context.ports().repository();
  }

  private void noteLanded(CommitId landed) {
    context.say("the branch has the change already: " + landed);
    context.progress().committed(landed);
    var push = new PendingPush(repository, branch, landed);
    context.environment().journal().committed(context.attempt().id(), push);
    notePushed();
  }

  /**
   * Records the push. If the journal write fails, the next process looks for the commit on the
   * remote; that is allowed.
   */
  private void notePushed() {
    try {
      context.environment().journal().pushed(context.attempt().id());
    } catch (PortException e) {
      log.warn(
          "The journal does not record that task {} was pushed: {}",
          context.attempt().task(),
          e.getMessage());
    }
  }

  /**
   * Returns where the commit was saved, or why it was not. A failure here must not hide the reason
   * why the push failed.
   */
  private String rescue() throws InterruptedException {
    String place;
    try {
      RescuedCommit rescued = commit.rescue(context.attempt(), context.settings().rescued());
      place = "the work is kept: " + rescued.commit() + "; get it by: " + rescued.command();
    } catch (PortException e) {
      place = "the work is not kept: " + e.getMessage();
    } catch (RuntimeException e) {
      log.error("Internal error in task {}", context.attempt().task(), e);
      place = "the work is not kept: internal error of the avatar: " + e;
    }
    context.trySay(place);
    return place;
  }
}
