package io.numa.avatar.run.agent;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.history.PatchFile;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.agent.KeptPatch;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The work of coding agents in one attempt: it hands them steps and failures, within the task's
 * budget. Used by the attempt's thread only. Closing it ends all agents.
 */
public final class AgentWork implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AgentWork.class);

  private static final String MESSAGES = "the agent gets messages";

  private static final int MAX_REASON = 200;

  private final AgentSite site;
  private final AgentPrompts prompts;
  private final AgentPolicies policies;
  private final AgentTurns turns;
  private @Nullable Work latest;

  /** The change in the tree, if it was staged since an agent last worked. */
  private Optional<StagedChange> staged = Optional.empty();

  private int repairs;

  /** The hash of the last failure that was given back. */
  private Optional<String> failure = Optional.empty();

  public AgentWork(AgentSite site, AgentPrompts prompts, AgentPolicies policies) {
    this.site = site;
    this.prompts = prompts;
    this.policies = policies;
    this.turns = new AgentTurns(site, prompts);
  }

  /**
   * An agent and its work.
   *
   * @param words what the step asks for
   */
  private record Work(AgentTurns.Assignee assignee, String words) {
    static Work of(String agent, Step.Agent step, int number) {
      return new Work(
          new AgentTurns.Assignee(agent, step.model(), number, step.bounds(), Optional.empty()),
          step.prompt());
    }
  }

  /**
   * Hands a step to an agent. If the agent leaves the tree as it was, it is told so.
   *
   * @param number the step's number in its plan
   * @param changed where the tree may differ from the checkout before the step
   * @throws StageFailedException of kind {@code NO_CHANGES} if the tree is as it was, or with the
   *     kind for the end of the agent's turn if that was not normal
   */
  public void step(Step.Agent step, int number, ChangedPaths changed)
      throws StageFailedException, IOException, InterruptedException {
    Optional<TreeState> before = TreeState.of(site.copy(), changed, site.largestFile());
    String agent = step.agent().orElseGet(policies::agent);
    Work work = Work.of(agent, step, number);
    latest = work;
    AgentTurn turn = prompt(work, prompts.task(step.prompt()), "agent " + agent + " works");
    requireEnd(turn);
    if (!policies.allowEmpty() && isStill(before)) {
      insistOnChanges(before, turn);
    }
  }

  private void insistOnChanges(Optional<TreeState> before, AgentTurn turn)
      throws StageFailedException, IOException, InterruptedException {
    AgentTurn last = turn;
    if (repairsLeft(Setback.NO_CHANGES) > 0) {
      last = repair(Setback.NO_CHANGES);
      requireEnd(last);
    }
    if (isStill(before)) {
      throw new StageFailedException(
          FailureKind.NO_CHANGES, "the agent left the tree as it was" + turns.lastWords(last));
    }
  }

  /** Whether the tree is in the same state as before; a state that is not known is another one. */
  private boolean isStill(Optional<TreeState> before) throws IOException {
    return before.isPresent() && before.equals(state());
  }

  /** The state of the tree now; empty if it holds what cannot be staged. */
  Optional<TreeState> state() throws IOException {
    return TreeState.of(site.copy(), ChangedPaths.ANYWHERE, site.largestFile());
  }

  /** Notes a change that was staged, so that it can be kept without what tests leave. */
  public void staged(StagedChange change) {
    staged = Optional.of(change);
  }

  /**
   * Keeps the change of an attempt that is not delivered, if an agent has worked and there is one.
   * Does not throw: a failure must not hide why the attempt failed. The agents are closed.
   *
   * @param left writes what may be committed of a tree that holds something else, too
   * @return the file, if there is one
   */
  public Optional<KeptPatch> keepChange(PatchFile file, PatchFile.Source left) {
    if (latest == null) {
      return Optional.empty();
    }
    try {
      file.write(
          staged.or(site::staged).<PatchFile.Source>map(change -> change::diff).orElse(left));
      return file.find();
    } catch (IOException | PortException e) {
      log.warn("The change of task {} is not kept: {}", site.attempt().task(), e.toString());
      return Optional.empty();
    }
  }

  /** Whether an agent has worked in this attempt. */
  public boolean hasWorked() {
    return latest != null;
  }

  /** How often an agent may still get a failure back; 0 if no agent may repair this one. */
  int repairsLeft(Setback setback) {
    boolean hasAgent =
        latest != null || (setback.tested().isPresent() && policies.repairAgent().isPresent());
    return hasAgent ? Math.max(0, policies.repairs() - repairs) : 0;
  }

  /** Gives a failure back to the agent that worked last, or else to the one for repairs. */
  AgentTurn repair(Setback setback) throws StageFailedException, InterruptedException {
    if (latest == null) {
      site.inbox().takesMessages();
      latest =
          new Work(
              new AgentTurns.Assignee(
                  policies.repairAgent().orElseThrow(),
                  Optional.empty(),
                  0,
                  AgentBounds.NONE,
                  Optional.empty()),
              "The steps of a plan were carried out without you. Repair what they broke.");
    }
    int tries = repairsLeft(setback);
    repairs++;
    failure = Optional.of(setback.hash());
    String text = joined(story(latest), prompts.repair(setback.brief(), tries));
    String why = "repair " + repairs + " of " + policies.repairs() + ": " + beginning(setback);
    return prompt(latest, text, why);
  }

  private String beginning(Setback setback) {
    String first = setback.brief().lines().findFirst().orElse("");
    return Redacted.of(first, site.log().redactor()).line().shortened(MAX_REASON).toString();
  }

  /** What is left of the limits of the agent that repairs is used up, in words. */
  Optional<String> usedUp() {
    Work work = latest;
    return work == null ? Optional.empty() : turns.usedUp(work.assignee());
  }

  /** Prompts the agent, and once more for messages that it did not take in its turn. */
  private AgentTurn prompt(Work work, String text, String why)
      throws StageFailedException, InterruptedException {
    AgentTurn turn = promptOnce(work, text, why);
    while (turn instanceof AgentTurn.Completed && site.inbox().isWaiting()) {
      turn = promptOnce(work, story(work), MESSAGES);
    }
    return turn;
  }

  /** What a prompt begins with: the whole task for an agent that does not remember it. */
  private String story(Work work) {
    return turns.remembers(work.assignee()) ? "" : prompts.task(work.words());
  }

  private AgentTurn promptOnce(Work work, String text, String why)
      throws StageFailedException, InterruptedException {
    boolean remembers = turns.remembers(work.assignee());
    AgentTurns.Ready ready = turns.ready(work.assignee(), why);
    staged = Optional.empty();
    String messages = prompts.messages(site.inbox().take(remembers));
    return turns.run(ready, new AgentTurns.Brief(joined(text, messages), why, failure, repairs));
  }

  /** As {@link AgentTurns#requireEnd}. */
  void requireEnd(AgentTurn turn) throws StageFailedException {
    turns.requireEnd(turn);
  }

  AgentTurns turns() {
    return turns;
  }

  private static String joined(String text, String more) {
    return text.isEmpty() || more.isEmpty() ? text + more : text + "\n\n" + more;
  }

  /**
   * Gives the messages that wait to the agent that worked last.
   *
   * @param tested the change, if tests have run on it; the tree is brought back to it
   * @return whether there were any
   * @throws StageFailedException with the kind for the end of the agent's turn, if that was not
   *     normal
   */
  public boolean hear(Optional<StagedChange> tested)
      throws StageFailedException, InterruptedException {
    Work work = latest;
    if (work == null || !site.inbox().isWaiting()) {
      return false;
    }
    tested.ifPresent(StagedChange::restoreTree);
    requireEnd(prompt(work, story(work), MESSAGES));
    return true;
  }

  /** Takes no more messages, unless one waits; returns whether none does. */
  public boolean hasHeardAll() {
    return site.inbox().endIfEmpty();
  }

  AgentSite site() {
    return site;
  }

  @Override
  public void close() {
    turns.close();
  }
}
