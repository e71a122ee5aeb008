package io.numa.avatar.testkit.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.time.Interrupts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests that every {@link CodingAgents} must pass. A subclass provides agents, one of which
 * does what the tests tell it to do.
 */
public abstract class CodingAgentsContract {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration MOMENT = Duration.ofMillis(500);

  private static final AgentLimits LIMITS = limits(SOON, SOON);

  @TempDir private Path folder;
  private Path tree;
  private final HeardEvents heard = new HeardEvents();

  /** The agents; the same for all of one test. */
  protected abstract CodingAgents agents();

  /** The name of the agent that follows {@link #script}. */
  protected abstract String agent();

  /**
   * Tells the agent what to do in the turns of the next session: each prompt takes the next turn.
   * It is called before the session is opened, and not for a test that prompts nothing.
   */
  protected abstract void script(List<List<AgentAction>> turns);

  /** Whether the agent takes messages in its turns. */
  protected abstract boolean takesMessages();

  @BeforeEach
  final void makeTree() throws IOException {
    tree = Files.createDirectory(folder.toRealPath().resolve("tree"));
  }

  @Test
  void namesItsAgentsAndTheirLimits() {
    assertThat(agents().names()).contains(agent());
    assertThat(agents().limits(agent()).time()).isPositive();
    assertThat(agents().outUntil(agent())).isEmpty();
  }

  @Test
  void knowsNoOtherAgents() {
    AgentRequest request = request("a stranger");

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> agents().limits("a stranger"),
            () -> agents().outUntil("a stranger"),
            () -> agents().open(request, heard))) {
      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              PortException.class,
              failure -> assertThat(failure.kind()).isEqualTo(FailureKind.NO_AGENT))
          .hasMessageContainingAll("a stranger", agent());
    }
  }

  @Test
  void tellsWhoWorks() throws Exception {
    script(List.of());

    try (AgentSession session = agents().open(request(agent()), heard)) {
      assertThat(session.identity().name()).isEqualTo(agent());
    }
  }

  @Test
  void endsATurnByTheAgentsOwnWord() throws Exception {
    AgentTurn turn = play(new AgentAction.Say("I am "), new AgentAction.Say("done.\nTruly."));

    assertThat(turn).isInstanceOf(AgentTurn.Completed.class);
    assertThat(turn.summary().strip()).isEqualTo("I am done.\nTruly.");
    assertThat(heard.message()).isEqualTo("I am done.\nTruly.");
  }

  @Test
  void changesTheTreeAndTellsOfItsTools() throws Exception {
    AgentTurn turn =
        play(
            new AgentAction.Say("I write."),
            new AgentAction.Write("src/a.txt", "hello\n"),
            new AgentAction.Say("Written."));

    assertThat(turn).isInstanceOf(AgentTurn.Completed.class);
    assertThat(turn.summary().strip()).isEqualTo("Written.");
    assertThat(turn.usage().toolCalls()).isEqualTo(1);
    assertThat(tree.resolve("src/a.txt")).hasContent("hello\n");
    assertThat(heard.tools)
        .anySatisfy(tool -> assertThat(tool.state()).isEqualTo(AgentTool.State.COMPLETED))
        .allSatisfy(tool -> assertThat(tool.kind()).isEqualTo("edit"))
        .allSatisfy(tool -> assertThat(String.join("", tool.paths())).endsWith("src/a.txt"));
    assertThat(heard.tools.stream().map(AgentTool::id).distinct()).hasSize(1);
  }

  @Test
  void tellsThePlanWhole() throws Exception {
    play(
        new AgentAction.Plan(List.of("[ ] think", "[ ] write")),
        new AgentAction.Plan(List.of("[x] think", "[ ] write")));

    assertThat(heard.plans)
        .containsExactly(List.of("[ ] think", "[ ] write"), List.of("[x] think", "[ ] write"));
  }

  @Test
  void takesOnePromptAfterTheOther() throws Exception {
    script(
        List.of(
            List.of(new AgentAction.Say("one")),
            List.of(new AgentAction.Write("two.txt", "2\n"), new AgentAction.Say("two"))));

    try (AgentSession session = agents().open(request(agent()), heard)) {
      assertThat(session.prompt("first", LIMITS).summary().strip()).isEqualTo("one");
      AgentTurn second = session.prompt("second", LIMITS);
      assertThat(second.summary().strip()).isEqualTo("two");
      assertThat(second.usage().toolCalls()).isEqualTo(1);
    }
    assertThat(tree.resolve("two.txt")).exists();
  }

  @Test
  void tellsARefusal() throws Exception {
    assertThat(play(new AgentAction.Refuse())).isInstanceOf(AgentTurn.Refused.class);
  }

  @Test
  void failsTheTurnOfAnAgentThatCrashes() throws Exception {
    script(List.of(List.of(new AgentAction.Fail(FailureKind.AGENT_FAILED, "out of memory"))));

    try (AgentSession session = agents().open(request(agent()), heard)) {
      assertThat(session.prompt("first", LIMITS))
          .isInstanceOfSatisfying(
              AgentTurn.Failed.class,
              failed -> assertThat(failed.kind()).isEqualTo(FailureKind.AGENT_FAILED));
    }
  }

  @Test
  void failsTheTurnIfItsEventsCannotBeTaken() throws Exception {
    heard.failure = Optional.of(new IllegalStateException("the disk is full"));

    assertThat(play(new AgentAction.Say("hello"))).isInstanceOf(AgentTurn.Failed.class);
  }

  @Test
  void endsATurnThatTakesTooLong() throws Exception {
    assertThat(hang(limits(MOMENT, SOON))).isEqualTo(AgentLimit.TIME);
  }

  @Test
  void endsATurnInSilence() throws Exception {
    assertThat(hang(limits(SOON, MOMENT))).isEqualTo(AgentLimit.SILENCE);
  }

  /** The limit that ends the turn of an agent that does nothing. */
  private AgentLimit hang(AgentLimits limits) throws InterruptedException {
    script(List.of(List.of(new AgentAction.Hang())));
    try (AgentSession session = agents().open(request(agent()), heard)) {
      return ((AgentTurn.LimitReached) session.prompt("first", limits)).limit();
    }
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() throws Exception {
    script(List.of(List.of(new AgentAction.Say("I begin.\n"), new AgentAction.Hang())));

    try (AgentSession session = agents().open(request(agent()), heard)) {
      var turn = new FutureTask<>(() -> session.prompt("first", LIMITS));
      var thread = new Thread(turn, "prompts");
      thread.start();
      assertThat(heard.begun.await(SOON.toSeconds(), SECONDS)).isTrue();

      thread.interrupt();

      assertThatThrownBy(() -> turn.get(SOON.toSeconds(), SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void takesNoMessagesBetweenTurns() throws Exception {
    script(List.of(List.of(new AgentAction.Say("one"))));

    try (AgentSession session = agents().open(request(agent()), heard)) {
      assertThat(session.steer("faster")).isFalse();
      session.prompt("first", LIMITS);
      assertThat(session.steer("faster")).isFalse();
    }
  }

  @Test
  void takesAMessageInItsTurnIfItSaysSo() throws Exception {
    script(List.of(List.of(new AgentAction.Say("I begin.\n"), new AgentAction.Listen())));

    try (AgentSession session = agents().open(request(agent()), heard)) {
      var turn = new FutureTask<>(() -> session.prompt("first", LIMITS));
      var thread = new Thread(turn, "prompts");
      thread.start();
      assertThat(heard.begun.await(SOON.toSeconds(), SECONDS)).isTrue();

      assertThat(session.steer("Take XML.")).isEqualTo(takesMessages());

      if (takesMessages()) {
        assertThat(turn.get(SOON.toSeconds(), SECONDS)).isInstanceOf(AgentTurn.Completed.class);
        assertThat(heard.message()).contains("Take XML.");
      } else {
        thread.interrupt();
        thread.join(SOON.toMillis());
        assertThat(heard.message()).doesNotContain("Take XML.");
      }
    }
  }

  @Test
  void leavesItsHomeInPlace() throws Exception {
    script(List.of());
    AgentRequest request = request(agent());

    agents().open(request, heard).close();

    assertThat(request.home()).isDirectory();
    assertThat(tree).isEmptyDirectory();
  }

  @Test
  void closesTwiceAndKeepsAnInterrupt() throws Exception {
    script(List.of());
    AgentSession session = agents().open(request(agent()), heard);

    Thread.currentThread().interrupt();
    session.close();
    assertThat(Interrupts.take()).isTrue();

    session.close();
  }

  private AgentTurn play(AgentAction... actions) throws InterruptedException {
    script(List.of(List.of(actions)));
    try (AgentSession session = agents().open(request(agent()), heard)) {
      return session.prompt("Do as you are told.", LIMITS);
    }
  }

  private static AgentLimits limits(Duration time, Duration silence) {
    return new AgentLimits(
        SOON, time, silence, SOON, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }

  private AgentRequest request(String name) {
    return new AgentRequest(
        name, Optional.empty(), tree, folder.resolve("home"), AttemptId.random());
  }
}
