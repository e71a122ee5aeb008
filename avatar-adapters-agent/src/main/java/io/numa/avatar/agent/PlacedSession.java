package io.numa.avatar.agent;

import io.numa.avatar.agent.gateway.GatewaySession;
import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A session that has one of its agent's places, and a way to its model, until it is closed. */
final class PlacedSession implements AgentSession {
  private final AgentSession session;
  private final AgentPlace place;
  private final Optional<GatewaySession> gateway;
  private final AtomicBoolean closed = new AtomicBoolean();

  PlacedSession(AgentSession session, AgentPlace place, Optional<GatewaySession> gateway) {
    this.session = session;
    this.place = place;
    this.gateway = gateway;
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
    AgentTurn turn = session.prompt(text, limits);
    if (turn instanceof AgentTurn.Failed failed) {
      place.failed(failed.kind(), failed.message());
    } else {
      place.outages().worked();
    }
    return turn;
  }

  @Override
  public boolean steer(String text) throws InterruptedException {
    return session.steer(text);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        session.close();
      } finally {
        gateway.ifPresent(GatewaySession::close);
        place.free();
      }
    }
  }
}
