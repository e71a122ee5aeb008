package io.numa.avatar.telemetry;

import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.port.money.UsedBudget;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes a span of each turn of an agent, and of each tool that it calls. */
final class TracedAgents implements CodingAgents {
  private final CodingAgents agents;
  private final AttemptSpans attempts;
  private final Tracer tracer;
  private final SpanText text;

  TracedAgents(CodingAgents agents, AttemptSpans attempts, Tracer tracer, SpanText text) {
    this.agents = agents;
    this.attempts = attempts;
    this.tracer = tracer;
    this.text = text;
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
    var turns = new TurnSpans(tracer, text);
    return new Session(request, agents.open(request, new TracedEvents(events, turns)), turns);
  }

  private final class Session implements AgentSession {
    private final AgentRequest request;
    private final AgentSession session;
    private final TurnSpans turns;

    Session(AgentRequest request, AgentSession session, TurnSpans turns) {
      this.request = request;
      this.session = session;
      this.turns = turns;
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
      Optional<Context> parent = attempts.now(request.owner());
      parent.ifPresent(stage -> turns.begin(stage, session.identity()));
      try {
        AgentTurn turn = session.prompt(text, limits);
        turns.end(turn);
        return turn;
      } finally {
        turns.end("interrupted"); // if the turn came to no end
      }
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
}
