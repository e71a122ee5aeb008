package io.numa.avatar.run.agent;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.run.secret.Redacted;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.text.CleanText;
import io.numa.avatar.time.Background;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs turns of agents within the task's budget: keeps journal, statuses and budget up to date
 * meanwhile, and passes on what people tell the agent. Used by the attempt's thread only.
 */
final class AgentTurns implements AutoCloseable {
  private static final int MAX_WORDS = 500;

  private final AgentSite site;
  private final AgentPrompts prompts;
  private final AgentBudget budget;
  private final AgentSessions sessions;

  AgentTurns(AgentSite site, AgentPrompts prompts) {
    this.site = site;
    this.prompts = prompts;
    this.budget = new AgentBudget(site.journal().spending(site.attempt().task()));
    this.sessions = new AgentSessions(site);
  }

  /**
   * An agent and its work.
   *
   * @param step as of {@link AgentSpending#step}
   * @param reviewed the folder that it reviews; empty if it works in the working tree
   */
  record Assignee(
      String agent,
      Optional<String> model,
      int step,
      AgentBounds bounds,
      Optional<Path> reviewed) {}

  /** An agent that is ready for a prompt, with what is left of its limits. */
  record Ready(Assignee assignee, AgentSessions.Open session, AgentLimits limits) {}

  /**
   * What a turn is for.
   *
   * @param why for people
   * @param failure the hash of the last failure that was given back
   * @param repairs how often the agent got failures back so far
   */
  record Brief(String text, String why, Optional<String> failure, int repairs) {}

  /**
   * Gets an agent ready.
   *
   * @param why why it is to work, for people
   * @throws StageFailedException of kind {@code AGENT_BUDGET} if the agent may not work any more
   */
  Ready ready(Assignee assignee, String why) throws StageFailedException, InterruptedException {
    Optional<String> usedUp = usedUp(assignee);
    if (usedUp.isPresent()) {
      throw new StageFailedException(
          FailureKind.AGENT_BUDGET,
          "agent '" + assignee.agent() + "' may not work on: " + usedUp.get());
    }
    AgentSessions.Place place = place(assignee);
    site.log().say(place.stage(), why);
    AgentSessions.Open session = sessions.open(assignee.agent(), assignee.model(), place);
    return new Ready(assignee, session, left(assignee));
  }

  /** What is left of the agent's limits is used up, in words. */
  Optional<String> usedUp(Assignee assignee) {
    return AgentBudget.usedUp(left(assignee), site.agents().limits(assignee.agent()));
  }

  private AgentLimits left(Assignee assignee) {
    AgentLimits operators = site.agents().limits(assignee.agent());
    return budget.left(assignee.agent(), assignee.step(), operators, assignee.bounds());
  }

  private AgentSessions.Place place(Assignee assignee) {
    return assignee
        .reviewed()
        .map(folder -> AgentSessions.Place.ofReview(site, folder))
        .orElseGet(() -> AgentSessions.Place.ofTree(site));
  }

  /** Whether the agent, prompted again, can refer to what it was told before. */
  boolean remembers(Assignee assignee) {
    return sessions.remembers(assignee.agent(), assignee.model(), place(assignee));
  }

  /** Hands the agent a prompt, and returns when its turn has ended. */
  AgentTurn run(Ready ready, Brief brief) throws InterruptedException {
    AgentSessions.Open session = ready.session();
    TurnWatch watch = session.watch();
    watch.begin(spent(ready.assignee(), brief), report(session, brief.repairs()), brief.why());
    Optional<AgentInbox> inbox = session.place().inbox();
    inbox.ifPresent(messages -> messages.watchedBy(watch::newest));
    try (var background = new Background(site.attempt().task().fileName())) {
      background.start("agent", watch::keepUpdating);
      AgentTurn turn =
          inbox.isPresent()
              ? prompt(ready, brief.text(), inbox.get(), background)
              : session.prompt(brief.text(), ready.limits());
      budget.spent(watch.end(turn.usage()));
      session.log().requireWritten();
      session.log().endMessage();
      site.sandboxes().ended();
      tell(session.place().told(), report(session, brief.repairs()), turn);
      return turn;
    } finally {
      inbox.ifPresent(messages -> messages.watchedBy(newest -> {}));
      watch.abandon();
    }
  }

  private AgentSpending spent(Assignee assignee, Brief brief) {
    AgentSpending soFar =
        budget.soFar(AgentSpending.none(site.attempt().id(), assignee.step(), assignee.agent()));
    return brief.failure().map(soFar::withFailure).orElse(soFar);
  }

  private AgentTurn prompt(Ready ready, String text, AgentInbox inbox, Background background)
      throws InterruptedException {
    AgentSession session = ready.session().session();
    var steering = new TurnSteering(session, inbox, prompts);
    Thread telling = background.start("steering", steering);
    AgentTurn turn = session.prompt(text, ready.limits());
    steering.end();
    telling.join(); // so that no message is on its way when the next prompt is made
    return turn;
  }

  private AgentReport report(AgentSessions.Open session, int repairs) {
    AgentIdentity identity = session.identity();
    return new AgentReport(
            identity.name(),
            identity.version(),
            identity.model(),
            identity.session(),
            budget.usage(),
            budget.time(),
            repairs,
            Optional.empty(),
            Optional.empty())
        .withSteering(session.place().steering());
  }

  private static void tell(AgentTold told, AgentReport report, AgentTurn turn) {
    String said = CleanText.of(turn.summary()).text().strip();
    told.announce(
        report.withEnd(turn.word(), said.isEmpty() ? Optional.empty() : Optional.of(said)),
        "the agent's turn has ended: " + turn.word());
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

  /** What the agent said last, as the end of a sentence. */
  String lastWords(AgentTurn turn) {
    String said = CleanText.of(turn.summary()).text().strip();
    return said.isEmpty()
        ? "; it said nothing"
        : "; it said: " + Redacted.of(said, site.log().redactor()).line().shortened(MAX_WORDS);
  }

  /** Ends all agents; a later turn begins a new session. */
  @Override
  public void close() {
    sessions.close();
  }
}
