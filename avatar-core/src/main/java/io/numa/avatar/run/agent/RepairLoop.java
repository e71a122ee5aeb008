package io.numa.avatar.run.agent;

import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.text.CleanText;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Gives failures back to the agent until the change may be committed, the agent has no more tries,
 * or another try is of no use. Used by the attempt's thread only.
 */
public final class RepairLoop {
  private final AgentWork agents;
  private final Predicate<String> isTest;

  /**
   * @param isTest whether a path names a test file
   */
  public RepairLoop(AgentWork agents, Predicate<String> isTest) {
    this.agents = agents;
    this.isTest = isTest;
  }

  /** The result of verifying a change. */
  public interface Verified {
    /** Why the change may not be committed; empty if it may be. */
    Optional<Setback> setback();
  }

  /** Stages and verifies the change in the tree. */
  @FunctionalInterface
  public interface Check<V extends Verified> {
    V run(ChangedPaths changed) throws StageFailedException, IOException, InterruptedException;
  }

  /**
   * Has a change repaired, if it needs to be.
   *
   * @param verified the result for the change so far
   * @param check verifies a repaired change
   * @return the last result
   * @throws StageFailedException with the agent's kind of failure if the agent failed or refused
   */
  public <V extends Verified> V run(V verified, Check<V> check)
      throws StageFailedException, IOException, InterruptedException {
    V result = verified;
    Set<Set<String>> given = new HashSet<>();
    while (result.setback().filter(each -> mayRepair(each, given)).isPresent()) {
      Setback setback = result.setback().orElseThrow();
      given.add(setback.signature());
      setback.tested().ifPresent(StagedChange::restoreTree);
      Optional<TreeState> before = agents.state();
      Optional<String> failure = repair(setback);
      if (failure.isPresent()) {
        return ended(result, failure.get());
      }
      Optional<TreeState> after = agents.state();
      if (before.isPresent() && before.equals(after)) {
        return ended(result, "the agent changed nothing");
      }
      result = check.run(ChangedPaths.ANYWHERE);
      if (isSame(setback, result) && touchedOnlyTests(before, after)) {
        return ended(result, "the same failures came back, and only tests were changed");
      }
    }
    return result;
  }

  /** Returns why the agent's turn did not end normally, if that need not fail the task. */
  private Optional<String> repair(Setback setback)
      throws StageFailedException, InterruptedException {
    AgentTurn turn = agents.repair(setback);
    if (turn instanceof AgentTurn.LimitReached reached) {
      return Optional.of("the agent was stopped: " + CleanText.of(reached.message()).text());
    }
    try {
      agents.requireEnd(turn);
      return Optional.empty();
    } catch (StageFailedException e) {
      if (setback.need() == Setback.Need.MUST) {
        throw e;
      }
      return Optional.of(e.getMessage());
    }
  }

  private boolean mayRepair(Setback setback, Set<Set<String>> given) {
    boolean again = given.contains(setback.signature());
    if (agents.repairsLeft(setback) == 0 || (again && setback.need() == Setback.Need.ONCE)) {
      return false;
    }
    Optional<String> usedUp = agents.usedUp();
    usedUp.ifPresent(reason -> say("no repair: " + reason));
    return usedUp.isEmpty();
  }

  private static boolean isSame(Setback before, Verified now) {
    return now.setback().map(Setback::signature).filter(before.signature()::equals).isPresent();
  }

  private boolean touchedOnlyTests(Optional<TreeState> before, Optional<TreeState> after) {
    return before.isPresent()
        && after.isPresent()
        && before
            .get()
            .differing(after.get())
            .filter(all -> all.stream().allMatch(isTest))
            .isPresent();
  }

  private <V extends Verified> V ended(V result, String reason) {
    say("no more repairs: " + reason);
    return result;
  }

  private void say(String sentence) {
    agents.site().log().say(Stage.DEVELOP, sentence);
  }
}
