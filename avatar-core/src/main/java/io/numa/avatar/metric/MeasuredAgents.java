package io.numa.avatar.metric;

import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.money.UsedBudget;
import io.numa.avatar.task.agent.AgentUsage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Counts the turns of coding agents, their tokens and their cost. */
public final class MeasuredAgents implements CodingAgents {
  private final CodingAgents agents;
  private final Metrics metrics;

  public MeasuredAgents(CodingAgents agents, Metrics metrics) {
    this.agents = agents;
    this.metrics = metrics;
  }

  @Override
  public List<String> names() {
    return agents.names();
  }

  @Override
  public AgentLimits limits(String agent) {
    return agents.limits(agent);
  }

  @Override
  public Optional<Instant> outUntil(String agent) {
    return agents.outUntil(agent);
  }

  @Override
  public boolean isFree(String agent) {
    return agents.isFree(agent);
  }

  @Override
  public Optional<UsedBudget> usedBudget() {
    return agents.usedBudget();
  }

  @Override
  public AgentSession open(AgentRequest request, AgentEvents events) throws InterruptedException {
    return new Session(request.agent(), agents.open(request, events));
  }

  private final class Session implements AgentSession {
    private final String agent;
    private final AgentSession session;

    Session(String agent, AgentSession session) {
      this.agent = agent;
      this.session = session;
    }

    @Override
    public AgentIdentity identity() {
      return session.identity();
    }

    @Override
    public boolean remembersPrompts() {
      return session.remembersPrompts();
    }

    @Override
    public AgentTurn prompt(String text, AgentLimits limits) throws InterruptedException {
      try {
        AgentTurn turn = session.prompt(text, limits);
        metrics.count(Metric.AGENT_TURNS, agent, stop(turn));
        count(turn.usage());
        return turn;
      } catch (InterruptedException e) {
        metrics.count(Metric.AGENT_TURNS, agent, "interrupted");
        throw e;
      }
    }

    private void count(AgentUsage usage) {
      metrics.add(Metric.AGENT_TOKENS, (double) usage.inputTokens(), agent, "input");
      metrics.add(Metric.AGENT_TOKENS, (double) usage.outputTokens(), agent, "output");
      metrics.add(Metric.AGENT_COST, usage.cost().doubleValue(), agent);
    }

    @Override
    public boolean steer(String text) throws InterruptedException {
      return session.steer(text);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** The word for a turn's end, as in the details of statuses. */
  private static String stop(AgentTurn turn) {
    if (turn instanceof AgentTurn.LimitReached reached) {
      return reached.limit().name().toLowerCase(Locale.ROOT);
    }
    if (turn instanceof AgentTurn.Failed failed) {
      return failed.kind().word();
    }
    return turn instanceof AgentTurn.Refused ? "refused" : "completed";
  }
}
