package io.numa.avatar.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.agent.settings.AgentsSettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.task.FailureKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places for sessions, and agents that are out of work. */
final class AgentPlacesTest {
  @TempDir private Path folder;

  private final InMemoryAgent agent = new InMemoryAgent();
  private final PassingTime time = new PassingTime();
  private AgentWorld world;

  @BeforeEach
  void createWorld() {
    world = new AgentWorld(folder, agent);
  }

  private ProgramCodingAgents agents(int places) {
    return new ProgramCodingAgents(
        new AgentsSettings(
            List.of(AgentSetup.acp("house").concurrency(places).build()), Map.of(), false),
        agent,
        AgentWorld.NO_GATEWAY,
        time);
  }

  private void demandLogin() {
    agent.on("session/new", message -> agent.fail(message, -32000, "Authentication required"));
  }

  private void giveSession() {
    agent.on("session/new", message -> agent.answer(message, "{'sessionId':'abc'}"));
  }

  private PortException fail(ProgramCodingAgents agents) {
    return catchThrowableOfType(
        PortException.class, () -> agents.open(world.request(), world.events));
  }

  @Test
  void anAgentThatFailsThreeTimesInARowIsOutOfWorkForLongerAndLonger() throws Exception {
    var agents = agents(1);
    demandLogin();

    fail(agents);
    fail(agents);
    assertThat(agents.outUntil("tester")).isEmpty();
    fail(agents);

    assertThat(until(agents)).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    int starts = agent.starts();
    assertThat(fail(agents).kind()).isEqualTo(FailureKind.AGENT_UNAVAILABLE);
    assertThat(fail(agents))
        .hasMessageContaining("it is out of work until 2026-11-30T12:0")
        .hasMessageContaining("Authentication required");
    assertThat(agent.starts()).isEqualTo(starts);

    time.pass(Duration.ofMinutes(1));
    fail(agents);
    assertThat(until(agents)).isBetween(Duration.ofSeconds(110), Duration.ofSeconds(120));

    for (int i = 0; i < 9; i++) {
      time.pass(Duration.ofMinutes(31));
      fail(agents);
    }
    assertThat(until(agents)).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30));
  }

  @Test
  void aTurnThatIsNoOutageEndsTheRow() throws Exception {
    var agents = agents(1);
    demandLogin();
    fail(agents);
    fail(agents);

    giveSession();
    agent.onPrompt();
    try (AgentSession session = agents.open(world.request(), world.events)) {
      session.prompt("x", AgentWorld.LIMITS);
    }
    demandLogin();
    fail(agents);
    fail(agents);

    assertThat(agents.outUntil("tester")).isEmpty();
  }

  @Test
  void failuresOfTurnsCount() throws Exception {
    var agents = agents(1);
    agent.on("session/prompt", message -> agent.fail(message, -32000, "Authentication required"));

    for (int i = 0; i < 3; i++) {
      try (AgentSession session = agents.open(world.request(), world.events)) {
        session.prompt("x", AgentWorld.LIMITS);
      }
    }

    assertThat(agents.outUntil("tester")).isPresent();
  }

  @Test
  void aSessionWaitsForAPlace() throws Exception {
    var agents = agents(1);
    AgentSession first = agents.open(world.request(), world.events);
    var second = new FutureTask<AgentSession>(() -> agents.open(world.request(), world.events));
    var thread = new Thread(second);
    thread.start();

    while (thread.getState() != Thread.State.WAITING) {
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
    assertThat(agent.starts()).isEqualTo(1);
    first.close();
    first.close();
    second.get(20, TimeUnit.SECONDS).close();

    assertThat(agent.starts()).isEqualTo(2);
    agents.open(world.request(), world.events).close();
  }

  @Test
  void aFailedStartFreesItsPlace() {
    var agents = agents(1);
    demandLogin();

    assertThatThrownBy(() -> agents.open(world.request(), world.events));
    assertThatThrownBy(() -> agents.open(world.request(), world.events))
        .hasMessageContaining("Authentication required");
  }

  private static Duration until(ProgramCodingAgents agents) {
    return Duration.between(PassingTime.NOW, agents.outUntil("tester").orElseThrow());
  }
}
