package io.numa.avatar.run.agent;

import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of an attempt, one for each agent and model. Each is opened when it is needed, and
 * stays open until the end, so that repairs continue it. Used by the attempt's thread only.
 */
final class AgentSessions implements AutoCloseable {
  private final AgentSite site;
  private final Map<List<Object>, Open> sessions = new LinkedHashMap<>();

  AgentSessions(AgentSite site) {
    this.site = site;
  }

  /** An open session, with the log and the watch that hear of it. */
  record Open(AgentSession session, AgentLog log, TurnWatch watch) {
    AgentIdentity identity() {
      return session.identity();
    }

    AgentTurn prompt(String text, AgentLimits limits) throws InterruptedException {
      return session.prompt(text, limits);
    }
  }

  /** The session of an agent, which is opened if it is not. */
  Open open(String agent, Optional<String> model) throws InterruptedException {
    List<Object> key = List.of(agent, model);
    Open open = sessions.get(key);
    if (open == null) {
      var watch = new TurnWatch(site.attempt().task(), site.journal(), site.time(), site.told());
      var log = new AgentLog(agent, site.copy().directory(), site.log(), watch);
      Path home = site.home().resolve(String.valueOf(sessions.size() + 1));
      var request =
          new AgentRequest(
              agent,
              model,
              site.copy().directory(),
              home,
              site.attempt().id(),
              Optional.of(site.record()));
      open = new Open(site.agents().open(request, log), log, watch);
      sessions.put(key, open);
    }
    return open;
  }

  /** Whether an agent that is prompted again can refer to what it was told before. */
  boolean remembers(String agent, Optional<String> model) {
    Open open = sessions.get(List.of(agent, model));
    return open != null && open.session().remembersPrompts();
  }

  @Override
  public void close() {
    sessions.values().forEach(open -> open.session().close());
    sessions.clear();
  }
}
