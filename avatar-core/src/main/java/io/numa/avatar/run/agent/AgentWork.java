package io.numa.avatar.run.agent;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentIdentity;
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
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.text.CleanText;
import io.numa.avatar.time.Background;
import java.io.IOException;
import java.util.Locale;
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

  private static final int MAX_WORDS = 500;
  private static final int MAX_REASON = 200;

  private final AgentSite site;
  private final AgentPrompts prompts;
  private final AgentPolicies policies;
  private final AgentBudget budget;
  private final AgentSessions sessions;
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
    String brief = prompts.repair(setback.brief(), tries);
    Assignee assignee = latest;
    boolean remembers = sessions.remembers(assignee.agent(), assignee.model());
    String text = remembers ? brief : prompts.task(assignee.words()) + "\n\n" + brief;
    String why = "repair " + repairs + " of " + policies.repairs() + ": " + beginning(setback);
    return prompt(assignee, text, why);
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

  private AgentTurn prompt(Assignee assignee, String text, String why)
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
    AgentSessions.Open session = sessions.open(assignee.agent(), assignee.model());
    return prompt(session, text, limits, assignee, why);
  }

  private AgentTurn prompt(
      AgentSessions.Open session, String text, AgentLimits limits, Assignee assignee, String why)
      throws InterruptedException {
    AgentSpending soFar =
        budget.soFar(AgentSpending.none(site.attempt().id(), assignee.step(), assignee.agent()));
    AgentSpending before = failure.map(soFar::withFailure).orElse(soFar);
    AgentReport report = report(session.identity());
    TurnWatch watch = session.watch();
    watch.begin(before, report, why);
    try (var background = new Background(site.attempt().task().fileName())) {
      background.start("agent", watch::keepUpdating);
      AgentTurn turn = session.prompt(text, limits);
      budget.spent(watch.end(turn.usage()));
      session.log().requireWritten();
      session.log().endMessage();
      site.sandboxes().ended();
      told(report.withUsage(budget.usage()).withTime(budget.time()), turn);
      return turn;
    } finally {
      watch.abandon();
    }
  }

  private AgentReport report(AgentIdentity identity) {
    return new AgentReport(
        identity.name(),
        identity.version(),
        identity.model(),
        identity.session(),
        budget.usage(),
        budget.time(),
        repairs,
        Optional.empty(),
        Optional.empty());
  }

  private void told(AgentReport report, AgentTurn turn) {
    String said = CleanText.of(turn.summary()).text().strip();
    site.told()
        .announce(
            report.withEnd(word(turn), said.isEmpty() ? Optional.empty() : Optional.of(said)),
            "the agent's turn has ended: " + word(turn));
  }

  private static String word(AgentTurn turn) {
    if (turn instanceof AgentTurn.LimitReached reached) {
      return reached.limit().name().toLowerCase(Locale.ROOT);
    }
    if (turn instanceof AgentTurn.Failed failed) {
      return failed.kind().word();
    }
    return turn instanceof AgentTurn.Refused ? "refused" : "completed";
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
