package io.numa.avatar.run.agent;

import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.text.CleanText;
import io.numa.avatar.time.Background;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs turns of agents: keeps journal, statuses and budget up to date meanwhile, and passes on what
 * people tell the agent. Used by the attempt's thread only.
 */
final class AgentTurns {
  private final AgentSite site;
  private final AgentPrompts prompts;
  private final AgentBudget budget;

  AgentTurns(AgentSite site, AgentPrompts prompts, AgentBudget budget) {
    this.site = site;
    this.prompts = prompts;
    this.budget = budget;
  }

  /**
   * What a turn is for.
   *
   * @param why for people
   * @param before what the agent has spent in this step, with the failure that it gets back
   * @param repairs how often the agent got failures back so far
   */
  record Brief(String text, String why, AgentSpending before, int repairs) {}

  /** Hands the agent a prompt, and returns when its turn has ended. */
  AgentTurn run(AgentSessions.Open session, Brief brief, AgentLimits limits)
      throws InterruptedException {
    AgentReport report = report(session.identity(), brief.repairs());
    TurnWatch watch = session.watch();
    watch.begin(brief.before(), report, brief.why());
    site.inbox().watchedBy(watch::newest);
    try (var background = new Background(site.attempt().task().fileName())) {
      background.start("agent", watch::keepUpdating);
      AgentTurn turn = prompt(session, brief.text(), limits, background);
      budget.spent(watch.end(turn.usage()));
      session.log().requireWritten();
      session.log().endMessage();
      site.sandboxes().ended();
      told(report(session.identity(), brief.repairs()), turn);
      return turn;
    } finally {
      site.inbox().watchedBy(newest -> {});
      watch.abandon();
    }
  }

  private AgentTurn prompt(
      AgentSessions.Open session, String text, AgentLimits limits, Background background)
      throws InterruptedException {
    var steering = new TurnSteering(session.session(), site.inbox(), prompts);
    Thread telling = background.start("steering", steering);
    AgentTurn turn = session.prompt(text, limits);
    steering.end();
    telling.join(); // so that no message is on its way when the next prompt is made
    return turn;
  }

  private AgentReport report(AgentIdentity identity, int repairs) {
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
        .withSteering(site.inbox().report());
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
}
