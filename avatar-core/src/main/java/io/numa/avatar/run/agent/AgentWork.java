package io.numa.avatar.run.agent;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.run.history.PatchFile;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.text.CleanText;
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

  private static final int MAX_WORDS = 500;
  private static final int MAX_REASON = 200;

  private final AgentSite site;
  private final AgentPrompts prompts;
  private final AgentPolicies policies;
  private final AgentBudget budget;
  private final AgentSessions sessions;
  private final AgentTurns turns;
  private @Nullable Assignee latest;

  /** The change in the tree, if it was staged since an agent last worked. */
  private Optional<StagedChange> staged = Optional.empty();

  private int repairs;

  /** The hash of the last failure that was given back. */
  private Optional<String> failure = Optional.empty();

  public AgentWork(AgentSite site, AgentPrompts prompts, AgentPolicies policies) {
    this.site = site;
    this.prompts = prompts;
    this.policies = policies;
    this.budget = new AgentBudget(site.journal().spending(site.attempt().task()));
    this.sessions = new AgentSessions(site);
    this.turns = new AgentTurns(site, prompts, budget);
  }

  /**
   * An agent and its work.
   *
   * @param step the number of the step; 0 for repairs of a plan that has no step for an agent
   * @param words what the step asks for
   */
  private record Assignee(
      String agent, Optional<String> model, int step, AgentBounds bounds, String words) {}

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
    var assignee = new Assignee(agent, step.model(), number, step.bounds(), step.prompt());
    latest = assignee;
    AgentTurn turn = prompt(assignee, prompts.task(step.prompt()), "agent " + agent + " works");
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
          FailureKind.NO_CHANGES, "the agent left the tree as it was" + lastWords(last));
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
          new Assignee(
              policies.repairAgent().orElseThrow(),
              Optional.empty(),
              0,
              AgentBounds.NONE,
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
    Assignee assignee = latest;
    if (assignee == null) {
      return Optional.empty();
    }
    AgentLimits operators = site.agents().limits(assignee.agent());
    return AgentBudget.usedUp(left(assignee, operators), operators);
  }

  private AgentLimits left(Assignee assignee, AgentLimits operators) {
    return budget.left(assignee.agent(), assignee.step(), operators, assignee.bounds());
  }

  /** Prompts the agent, and once more for messages that it did not take in its turn. */
  private AgentTurn prompt(Assignee assignee, String text, String why)
      throws StageFailedException, InterruptedException {
    AgentTurn turn = promptOnce(assignee, text, why);
    while (turn instanceof AgentTurn.Completed && site.inbox().isWaiting()) {
      turn = promptOnce(assignee, story(assignee), MESSAGES);
    }
    return turn;
  }

  /** What a prompt begins with: the whole task for an agent that does not remember it. */
  private String story(Assignee assignee) {
    return remembers(assignee) ? "" : prompts.task(assignee.words());
  }

  private boolean remembers(Assignee assignee) {
    return sessions.remembers(assignee.agent(), assignee.model());
  }

  private AgentTurn promptOnce(Assignee assignee, String text, String why)
      throws StageFailedException, InterruptedException {
    AgentLimits operators = site.agents().limits(assignee.agent());
    AgentLimits limits = left(assignee, operators);
    Optional<String> usedUp = AgentBudget.usedUp(limits, operators);
    if (usedUp.isPresent()) {
      throw new StageFailedException(
          FailureKind.AGENT_BUDGET,
          "agent '" + assignee.agent() + "' may not work on: " + usedUp.get());
    }
    staged = Optional.empty();
    site.log().say(Stage.DEVELOP, why);
    boolean remembers = remembers(assignee);
    AgentSessions.Open session = sessions.open(assignee.agent(), assignee.model());
    AgentSpending soFar =
        budget.soFar(AgentSpending.none(site.attempt().id(), assignee.step(), assignee.agent()));
    String messages = prompts.messages(site.inbox().take(remembers));
    return turns.run(
        session,
        new AgentTurns.Brief(
            joined(text, messages), why, failure.map(soFar::withFailure).orElse(soFar), repairs),
        limits);
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
    Assignee assignee = latest;
    if (assignee == null || !site.inbox().isWaiting()) {
      return false;
    }
    tested.ifPresent(StagedChange::restoreTree);
    requireEnd(prompt(assignee, story(assignee), MESSAGES));
    return true;
  }

  /** Takes no more messages, unless one waits; returns whether none does. */
  public boolean hasHeardAll() {
    return site.inbox().endIfEmpty();
  }

  /**
   * Checks that a turn ended normally.
   *
   * @throws StageFailedException with the kind for its end, if it did not
   */
  void requireEnd(AgentTurn turn) throws StageFailedException {
    if (turn instanceof AgentTurn.LimitReached reached) {
      throw new StageFailedException(
          reached.limit().kind(),
          "the agent was stopped: " + CleanText.of(reached.message()).text());
    }
    if (turn instanceof AgentTurn.Failed failed) {
      throw new StageFailedException(
          failed.kind(), "the agent failed: " + CleanText.of(failed.message()).text());
    }
    if (turn instanceof AgentTurn.Refused) {
      throw new StageFailedException(
          FailureKind.AGENT_REFUSED, "the agent refused the work" + lastWords(turn));
    }
  }

  private String lastWords(AgentTurn turn) {
    String said = CleanText.of(turn.summary()).text().strip();
    return said.isEmpty()
        ? "; it said nothing"
        : "; it said: " + Redacted.of(said, site.log().redactor()).line().shortened(MAX_WORDS);
  }

  AgentSite site() {
    return site;
  }

  @Override
  public void close() {
    sessions.close();
  }
}
