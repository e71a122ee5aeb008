package io.numa.avatar.run;

import io.numa.avatar.port.Attempt;
import io.numa.avatar.port.BranchMovedException;
import io.numa.avatar.port.LocalCommit;
import io.numa.avatar.port.Parked;
import io.numa.avatar.port.PendingPush;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Replayed;
import io.numa.avatar.port.StagedChange;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Stage;
import io.numa.avatar.time.Background;
import io.numa.avatar.time.Durations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the commit of an attempt to its branch, where others push at the same time: a commit that
 * came too late is replayed on theirs, tested there, and pushed again. What does not get there all
 * the same is parked, as it was good work. For the attempt's thread, once.
 */
final class PushStage {
  /** Each costs a run of the tests. */
  static final int MAX_REPLAYS = 3;

  private static final Logger log = LoggerFactory.getLogger(PushStage.class);

  private final RunEnvironment environment;
  private final Hold hold;
  private final Reports reports;
  private final RepositoryUrl repository;
  private final BranchName branch;
  private final Work work;
  private LocalCommit commit;

  /** What the rest of the attempt does for its push. */
  interface Work {
    void enter(Stage stage);

    void say(String line);

    /** Makes sure that there is time for a push. */
    void checkTime() throws StoppedException;

    /** Whether a change that changes nothing may be committed. */
    boolean mayBeEmpty();

    /** Checks and tests what is staged. */
    void prove(StagedChange change) throws StoppedException, IOException, InterruptedException;

    /** Commits what is staged. */
    LocalCommit commit(StagedChange change);

    /** Notes that another commit than ours is the one that has got there. */
    void landed(CommitId commit);
  }

  PushStage(
      RunEnvironment environment,
      Hold hold,
      Reports reports,
      RepositoryUrl repository,
      BranchName branch,
      LocalCommit commit,
      Work work) {
    this.environment = environment;
    this.hold = hold;
    this.reports = reports;
    this.repository = repository;
    this.branch = branch;
    this.commit = commit;
    this.work = work;
  }

  /**
   * Pushes the commit, or what becomes of it on the way.
   *
   * @param tried when its tests began
   * @throws StoppedException with the place where the work is kept
   * @throws PortException if the same task may well succeed later; nothing is kept then
   */
  void run(Instant tried) throws StoppedException, IOException, InterruptedException {
    try {
      race(tried);
    } catch (StoppedException e) {
      throw e.kind() == FailureKind.NO_CHANGES ? e : e.with(rescue());
    } catch (PortException e) {
      if (e.retryable()) {
        throw e;
      }
      throw new StoppedException(e.kind(), e.getMessage()).with(rescue());
    }
  }

  private void race(Instant tried) throws StoppedException, IOException, InterruptedException {
    var pauses = new RacePauses();
    Instant start = tried;
    for (int replays = 0; !push(); replays++) {
      requireAnotherReplay(replays);
      pause(pauses.after(replays, Duration.between(start, environment.clock().instant())));
      start = environment.clock().instant();
      Replayed replayed = commit.replay(hold.attempt());
      if (replayed instanceof Replayed.Staged staged) {
        commit = commitAgain(staged);
      } else if (replayed instanceof Replayed.Landed landed) {
        noteLanded(landed.commit());
        return;
      }
    }
    notePushed();
    work.say("pushed to " + branch);
  }

  private void requireAnotherReplay(int replays) throws StoppedException {
    if (replays == MAX_REPLAYS) {
      throw new StoppedException(
          FailureKind.PUSH_REJECTED,
          ("could not push '" + branch + "' to '" + repository + "': ")
              + "the branch moved again while the change was replayed on it and tested, "
              + (MAX_REPLAYS + " times"));
    }
  }

  private LocalCommit commitAgain(Replayed.Staged replayed)
      throws StoppedException, IOException, InterruptedException {
    work.say("the branch has moved; replayed on " + replayed.tip());
    requireDifference(replayed);
    work.prove(replayed.change());
    return work.commit(replayed.change());
  }

  private void pause(Duration pause) throws StoppedException, InterruptedException {
    work.checkTime();
    if (!pause.isZero()) {
      work.say("the branch has moved; the next try in " + Durations.text(pause));
      Background.pause(pause);
    }
  }

  private void requireDifference(Replayed.Staged replayed) throws StoppedException {
    if (replayed.change().changes().isEmpty() && !work.mayBeEmpty()) {
      throw new StoppedException(
          FailureKind.NO_CHANGES,
          "the branch has all of the change by now, at "
              + replayed.tip()
              + "; say allow_empty: true if that is right");
    }
  }

  /** Says whether it was pushed; if not, the branch was elsewhere. */
  private boolean push() throws StoppedException, InterruptedException {
    work.enter(Stage.PUSH);
    work.checkTime();
    Attempt attempt = hold.attempt();
    var push = new PendingPush(repository, branch, commit.id());
    environment.journal().committed(attempt.id(), push);
    if (attempt.lease().isPresent()) {
      // Whoever grants leases says by its answer whether the task is still ours; a lost one
      // interrupts.
      reports.awaitTold();
    }
    hold.check();
    try {
      push(attempt, push);
      return true;
    } catch (BranchMovedException e) {
      return false;
    }
  }

  /** Nobody can cancel what has reached the remote; so it is looked for there, where one tried. */
  private void push(Attempt attempt, PendingPush push) throws InterruptedException {
    try {
      commit.push();
    } catch (InterruptedException e) {
      boolean cancelled = hold.lost().filter(lost -> lost.loss() != Hold.Loss.TAKEN).isPresent();
      if (!cancelled || environment.ports().repository().findPushed(attempt, push).isEmpty()) {
        throw e;
      }
    } catch (PortException e) {
      if (!e.retryable() || !isFound(attempt, push, e)) {
        throw e;
      }
    }
  }

  /** Whether a commit has arrived whose push was not answered, and lies below those of others. */
  private boolean isFound(Attempt attempt, PendingPush push, PortException unanswered)
      throws InterruptedException {
    try {
      return environment.ports().repository().findPushed(attempt, push).isPresent();
    } catch (PortException e) {
      unanswered.addSuppressed(e);
      return false;
    }
  }

  private void noteLanded(CommitId landed) {
    work.say("the branch has the change already: " + landed);
    work.landed(landed);
    environment
        .journal()
        .committed(hold.attempt().id(), new PendingPush(repository, branch, landed));
    notePushed();
  }

  /** Without that note, the commit would be looked for on the remote after a restart. */
  private void notePushed() {
    Attempt attempt = hold.attempt();
    try {
      environment.journal().pushed(attempt.id());
    } catch (PortException e) {
      log.warn("That task {} was pushed is not noted: {}", attempt.task(), e.getMessage());
    }
  }

  /** Says where the work is kept, or why it is not: that must not hide why it did not land. */
  private String rescue() throws InterruptedException {
    String place;
    try {
      Parked parked = commit.rescue(hold.attempt(), environment.settings().parked());
      place = "the work is kept: " + parked.commit() + "; get it by: " + parked.command();
    } catch (PortException e) {
      place = "the work is not kept: " + e.getMessage();
    } catch (RuntimeException e) {
      log.error("Task {} hit a defect of the avatar", hold.attempt().task(), e);
      place = "the work is not kept: the avatar has a defect: " + e;
    }
    try {
      work.say(place);
    } catch (PortException e) {
      log.warn("{}; the task's log does not say so: {}", place, e.getMessage());
    }
    return place;
  }
}
