package io.numa.avatar.run.agent;

import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import java.util.Optional;

/**
 * The sessions of an attempt, one at a time. A session stays open until another agent or model is
 * asked for, so that repairs continue it. An attempt that held places of two agents could wait for
 * itself or for another attempt for ever. Used by the attempt's thread only.
 */
final class AgentSessions implements AutoCloseable {
  private final AgentSite site;
  private Optional<Open> current = Optional.empty();
  private int opened;

  AgentSessions(AgentSite site) {
    this.site = site;
  }

  /** An open session, with the log and the watch that hear of it. */
  record Open(
      String agent, Optional<String> model, AgentSession session, AgentLog log, TurnWatch watch) {
    private boolean isOf(String otherAgent, Optional<String> otherModel) {
      return agent.equals(otherAgent) && model.equals(otherModel);
    }

    AgentIdentity identity() {
      return session.identity();
    }

    AgentTurn prompt(String text, AgentLimits limits) throws InterruptedException {
      return session.prompt(text, limits);
    }
  }

  /** The session of an agent, which is opened if it is not; any other one is closed. */
  Open open(String agent, Optional<String> model) throws InterruptedException {
    if (current.filter(open -> open.isOf(agent, model)).isEmpty()) {
      close();
      current = Optional.of(begin(agent, model));
    }
    return current.orElseThrow();
  }

  private Open begin(String agent, Optional<String> model) throws InterruptedException {
    var watch =
        new TurnWatch(
            site.attempt().task(), site.journal(), site.time(), site.told(), site.inbox()::report);
    var log = new AgentLog(agent, site.copy().directory(), site.log(), watch);
    opened++;
    var request =
        new AgentRequest(
            agent,
            model,
            site.copy().directory(),
            site.home().resolve(String.valueOf(opened)),
            site.attempt().id(),
            Optional.of(site.record()),
            Optional.of(site.sandboxes().ofAgent()));
    return new Open(agent, model, site.agents().open(request, log), log, watch);
  }

  /** Whether an agent that is prompted again can refer to what it was told before. */
  boolean remembers(String agent, Optional<String> model) {
    return current
        .filter(open -> open.isOf(agent, model) && open.session().remembersPrompts())
        .isPresent();
  }

  @Override
  public void close() {
    current.ifPresent(open -> open.session().close());
    current = Optional.empty();
  }
}
