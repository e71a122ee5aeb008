package io.numa.avatar.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.agent.gateway.GatewayEvents;
import io.numa.avatar.agent.gateway.GatewayRequest;
import io.numa.avatar.agent.gateway.GatewaySession;
import io.numa.avatar.agent.gateway.ModelGateway;
import io.numa.avatar.port.Secret;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A gateway with one session, whose events a test gives. */
final class FakeGateway implements ModelGateway, GatewaySession {
  final List<String> calls = new CopyOnWriteArrayList<>();
  volatile GatewayRequest request;
  volatile GatewayEvents events;
  private final CountDownLatch noted = new CountDownLatch(1);
  private volatile AgentUsage used = AgentUsage.NONE;

  /** Waits until the agent is to be told something. */
  void awaitNote() {
    try {
      assertThat(noted.await(20, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The model has answered: counts it, and says so. */
  void count(AgentUsage more) {
    used = used.plus(more);
    events.used(used);
  }

  @Override
  public GatewaySession open(GatewayRequest newRequest, GatewayEvents newEvents) {
    request = newRequest;
    events = newEvents;
    return this;
  }

  @Override
  public URI address() {
    return URI.create("http://127.0.0.1:7/way/v1");
  }

  @Override
  public Secret placeholder() {
    return new Secret("placeholder-key");
  }

  @Override
  public AgentUsage used() {
    return used;
  }

  @Override
  public void limit(OptionalLong turns, OptionalLong tokens, Optional<BigDecimal> cost) {
    calls.add("limit " + turns + ' ' + tokens + ' ' + cost);
  }

  @Override
  public void note(String text) {
    calls.add("note " + text);
    noted.countDown();
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
