package io.numa.avatar.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.agent.settings.AgentDefinition;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends a turn that the agent does not end, and what it is told before. */
final class TurnLimitsTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(150);
  private static final String OPEN =
      "{'sessionUpdate':'tool_call','toolCallId':'%s','title':'npm test','kind':'execute','rawInput':{'command':'npm test'},'status':'in_progress'}";
  private static final String CLOSE =
      "{'sessionUpdate':'tool_call_update','toolCallId':'%s','status':'completed','rawOutput':'1 failed'}";

  @TempDir private Path folder;

  private final InMemoryAgent agent = new InMemoryAgent();
  private final FakeGateway gateway = new FakeGateway();
  private final AgentDefinition definition = AgentSetup.acp("house").build();
  private AgentWorld world;

  @BeforeEach
  void createWorld() {
    world = new AgentWorld(folder, agent);
    world.gateway = gateway;
    agent.on(
        "session/cancel",
        message -> agent.answer(agent.await("session/prompt"), "{'stopReason':'cancelled'}"));
  }

  private AgentTurn prompt(AgentDefinition of, AgentLimits limits) throws InterruptedException {
    try (AgentSession session = world.open(of)) {
      return session.prompt("do it", limits);
    }
  }

  @Test
  void timeEndsATurnAndTheAgentIsToldToCancel() throws InterruptedException {
    var turn = (AgentTurn.LimitReached) prompt(definition, limits(SHORT, LONG, LONG));

    assertThat(turn.limit()).isEqualTo(AgentLimit.TIME);
    assertThat(turn.message()).isEqualTo("it did not end within 0.2 s");
    assertThat(agent.await("session/cancel").path("params").path("sessionId").asText())
        .isEqualTo(InMemoryAgent.SESSION);
    assertThat(agent.ended()).isTrue();
  }

  @Test
  void anAgentIsToldWhenMostOfItsTimeIsUsedUp() throws InterruptedException {
    var time = new PassingTime();
    world.time = time;
    agent.on(
        "initialize",
        message ->
            agent.answer(message, "{'protocolVersion':1,'_meta':{'steering':{'supported':true}}}"));
    agent.on(
        "session/prompt",
        message -> {
          time.pass(Duration.ofSeconds(49));
          agent.update(OPEN.formatted("t"));
        });
    agent.on(
        "_session/steering",
        message -> agent.answer(agent.await("session/prompt"), "{'stopReason':'end_turn'}"));

    assertThat(prompt(definition, AgentWorld.LIMITS)).isInstanceOf(AgentTurn.Completed.class);
    assertThat(world.events.lines("noted"))
        .containsExactly(
            "noted the agent was told: Four fifths of your time are used up. Bring your work to an"
                + " end, and leave it whole.");
  }

  @Test
  void silenceEndsATurn() throws InterruptedException {
    var turn = (AgentTurn.LimitReached) prompt(definition, limits(LONG, SHORT, LONG));

    assertThat(turn.limit()).isEqualTo(AgentLimit.SILENCE);
    assertThat(turn.message()).isEqualTo("it sent nothing for 0.2 s");
  }

  @Test
  void aToolThatDoesNotComputeIsDead() throws InterruptedException {
    agent.on("session/prompt", message -> agent.update(OPEN.formatted("t")));

    var turn = (AgentTurn.LimitReached) prompt(definition, limits(LONG, LONG, SHORT));

    assertThat(turn.limit()).isEqualTo(AgentLimit.TOOL);
    assertThat(turn.message()).isEqualTo("its tool 'npm test' showed no sign of life for 0.2 s");
  }

  @Test
  void theAvatarsBudgetEndsATurnAndSaysWhichOne() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> gateway.events.budgetReached("the budget of 50 for the day is used up"));

    var turn = (AgentTurn.LimitReached) prompt(withApi(), AgentWorld.LIMITS);

    assertThat(turn.limit()).isEqualTo(AgentLimit.BUDGET);
    assertThat(turn.limit().kind()).isEqualTo(FailureKind.AGENT_BUDGET);
    assertThat(turn.message()).isEqualTo("the budget of 50 for the day is used up");
  }

  @Test
  void roundsOfToolsAreTurnsWhereNoGatewayCounts() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          for (int i = 0; i < 9; i++) {
            agent.update(OPEN.formatted("t" + i).replace("npm test", "step " + i));
            agent.update(CLOSE.formatted("t" + i));
          }
        });

    var turn =
        (AgentTurn.LimitReached)
            prompt(
                definition,
                new AgentLimits(
                    LONG,
                    LONG,
                    LONG,
                    LONG,
                    OptionalLong.of(2),
                    OptionalLong.empty(),
                    Optional.empty()));

    assertThat(turn.limit()).isEqualTo(AgentLimit.TURNS);
    assertThat(turn.message()).isEqualTo("its 2 turns are used up");
  }

  @Test
  void anAgentInALoopIsToldOnceAndThenEnded() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          for (int i = 0; i < 5; i++) {
            if (i == 4) {
              gateway.awaitNote();
            }
            agent.update(OPEN.formatted("t" + i));
            agent.update(CLOSE.formatted("t" + i));
          }
        });

    var turn = (AgentTurn.LimitReached) prompt(withApi(), AgentWorld.LIMITS);

    assertThat(turn.limit()).isEqualTo(AgentLimit.LOOP);
    assertThat(gateway.calls)
        .containsExactly(
            "limit OptionalLong.empty OptionalLong.empty Optional.empty",
            "note You called the tool 'npm test' three times with the same arguments, and it gave"
                + " the same result. Try another way, or end your turn and say what stops you.",
            "close");
  }

  @Test
  void callsThatDifferAreNoLoop() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          for (int i = 0; i < 9; i++) {
            agent.update(OPEN.formatted("t" + i));
            agent.update(CLOSE.formatted("t" + i).replace("1 failed", i + " failed"));
          }
          agent.answer(message, "{'stopReason':'end_turn'}");
        });

    assertThat(prompt(definition, AgentWorld.LIMITS)).isInstanceOf(AgentTurn.Completed.class);
  }

  @Test
  void theGatewayCountsAndEndsATurnThatUsedUpItsBudget() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          gateway.count(usage(3, 850));
          gateway.awaitNote();
          gateway.events.exhausted(AgentLimit.TOKENS);
        });

    var turn = (AgentTurn.LimitReached) prompt(withApi(), budget());

    assertThat(turn.limit()).isEqualTo(AgentLimit.TOKENS);
    assertThat(turn.message()).isEqualTo("its 1000 tokens are used up");
    assertThat(turn.usage().turns()).isEqualTo(3);
    assertThat(turn.usage().tokens()).isEqualTo(850);
    assertThat(world.events.usage().tokens()).isEqualTo(850);
    assertThat(gateway.calls)
        .contains(
            "limit OptionalLong[50] OptionalLong[1000] Optional[2.50]",
            "note Four fifths of your tokens are used up. Bring your work to an end, and leave it"
                + " whole.");
  }

  @Test
  void theBoundsOfALaterTurnBeginWhereTheEarlierOneEnded() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          gateway.count(usage(3, 100));
          agent.answer(message, "{'stopReason':'end_turn'}");
        });

    try (AgentSession session = world.open(withApi())) {
      session.prompt("one", budget());
      AgentTurn second = session.prompt("two", budget());

      assertThat(second.usage().tokens()).isEqualTo(100);
    }
    assertThat(gateway.calls).contains("limit OptionalLong[53] OptionalLong[1100] Optional[2.50]");
  }

  @Test
  void aRefusedLoginEndsTheTurnAtOnceWhateverTheAgentSays() throws InterruptedException {
    agent.on("session/prompt", message -> gateway.events.loginRefused(401, "invalid x-api-key"));

    var turn = (AgentTurn.Failed) prompt(withApi(), AgentWorld.LIMITS);

    assertThat(turn.kind()).isEqualTo(FailureKind.AGENT_LOGIN);
    assertThat(turn.message())
        .isEqualTo("the model's host refused the login (401): invalid x-api-key");
  }

  @Test
  void anErrorWhileTheModelIsAwayIsNoFailureOfTheAgent() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          gateway.events.unavailable(503, "overloaded");
          agent.fail(message, -32603, "Internal error");
        });

    var turn = (AgentTurn.Failed) prompt(withApi(), AgentWorld.LIMITS);

    assertThat(turn.kind()).isEqualTo(FailureKind.AGENT_UNAVAILABLE);
    assertThat(turn.message()).isEqualTo("the model's host answered 503: overloaded");
  }

  @Test
  void anOutageThatWasOvercomeDoesNotCount() throws InterruptedException {
    agent.on(
        "session/prompt",
        message -> {
          gateway.events.unavailable(503, "overloaded");
          gateway.count(usage(1, 10));
          agent.fail(message, -32603, "Internal error");
        });

    var turn = (AgentTurn.Failed) prompt(withApi(), AgentWorld.LIMITS);

    assertThat(turn.kind()).isEqualTo(FailureKind.AGENT_FAILED);
  }

  @Test
  void aListenerThatFailsFailsTheTurn() throws InterruptedException {
    agent.on("session/prompt", message -> agent.update(OPEN.formatted("t")));
    AgentEvents failing =
        new AgentEvents() {
          @Override
          public void tool(AgentTool tool) {
            throw new IllegalStateException("the disk is full");
          }
        };

    try (AgentSession session = world.agents(definition).open(world.request(), failing)) {
      var turn = (AgentTurn.Failed) session.prompt("do it", AgentWorld.LIMITS);

      assertThat(turn.message()).isEqualTo("could not keep what the agent does: the disk is full");
    }
  }

  private static AgentDefinition withApi() {
    return AgentSetup.acp("house").model("m-1").api().build();
  }

  private static AgentLimits limits(Duration time, Duration silence, Duration tool) {
    return new AgentLimits(
        LONG, time, silence, tool, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }

  private static AgentLimits budget() {
    return new AgentLimits(
        LONG,
        LONG,
        LONG,
        LONG,
        OptionalLong.of(50),
        OptionalLong.of(1_000),
        Optional.of(new BigDecimal("2.50")));
  }

  private static AgentUsage usage(long turns, long tokens) {
    return new AgentUsage(turns, 0, turns, tokens, 0, 0, 0, BigDecimal.ZERO);
  }
}
