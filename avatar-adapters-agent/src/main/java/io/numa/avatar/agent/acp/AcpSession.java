package io.numa.avatar.agent.acp;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.agent.launch.AgentProcess;
import io.numa.avatar.agent.turn.Conversation;
import io.numa.avatar.agent.turn.Ending;
import io.numa.avatar.agent.turn.Turn;
import io.numa.avatar.port.agent.AgentIdentity;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.FailureKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A session of an agent that speaks the protocol: one process for all its turns. Its processes
 * stand still between the turns.
 */
final class AcpSession implements AgentSession {
  /** How long an agent may take to end its turn after it was told to cancel. */
  private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(2);

  /** The same, for a caller that was interrupted, who waits two seconds for everything. */
  private static final Duration INTERRUPT_PATIENCE = Duration.ofMillis(700);

  private final AgentIdentity identity;
  private final String id;
  private final AcpSteering steering;
  private final AcpConnection connection;
  private final AgentProcess process;
  private final Conversation conversation;

  AcpSession(
      AgentIdentity identity,
      Handshake.Ready ready,
      AcpConnection connection,
      AgentProcess process,
      Conversation conversation) {
    this.identity = identity;
    this.id = ready.session();
    this.steering = new AcpSteering(connection, ready.steerable());
    this.connection = connection;
    this.process = process;
    this.conversation = conversation;
    conversation.steerBy(text -> running() && steering.mention(withText(text)));
  }

  @Override
  public AgentIdentity identity() {
    return identity;
  }

  @Override
  public boolean remembersPrompts() {
    return true;
  }

  @Override
  public AgentTurn prompt(String text, AgentLimits limits) throws InterruptedException {
    process.resume();
    Turn turn = conversation.begin(limits, process::processorTime);
    var answered = new CountDownLatch(1);
    connection.request(
        "session/prompt",
        withText(text),
        answer -> {
          turn.end(ending(turn, answer));
          answered.countDown();
        });
    try {
      Ending ending = turn.await();
      if (ending.ownWord()) {
        steering.awaitAnswer();
        process.suspend(); // what it started could change files that are being tested
      } else {
        stop(answered, CANCEL_PATIENCE);
      }
      return turn.result(ending);
    } catch (InterruptedException e) {
      stop(answered, INTERRUPT_PATIENCE);
      throw e;
    }
  }

  @Override
  public boolean steer(String text) throws InterruptedException {
    return running() && steering.tell(withText(text), withSession());
  }

  private boolean running() {
    return conversation.turn().filter(Turn::running).isPresent();
  }

  @Override
  public void close() {
    process.end();
  }

  private Ending ending(Turn turn, Answer answer) {
    if (answer.lost()) {
      return Ending.failed(FailureKind.AGENT_FAILED, answer.message());
    }
    if (answer.failed()) {
      return conversation.failure(answer.message(), answer.demandsLogin());
    }
    String reason = answer.result().path("stopReason").asText("");
    return switch (reason) {
      case "end_turn" -> conversation.completion();
      case "refusal" -> Ending.refused();
      case "max_tokens" ->
          Ending.ownLimit(
              AgentLimit.TOKENS, "its model's answer reached the longest length that it may have");
      case "max_turn_requests" ->
          Ending.ownLimit(AgentLimit.TURNS, "it reached a limit of turns of its own");
      case "cancelled" ->
          conversation.failure(
              turn.refused()
                  ? "it gave up its turn after it was refused a permission"
                  : "it cancelled its turn, although it was not told to",
              false);
      default ->
          conversation.failure("it ended its turn for an unknown reason: '" + reason + "'", false);
    };
  }

  /** Tells the agent to cancel, gives it time to end its turn, and ends its processes. */
  private void stop(CountDownLatch answered, Duration patience) throws InterruptedException {
    try {
      if (connection.tell("session/cancel", withSession())) {
        boolean ignored = answered.await(patience.toNanos(), NANOSECONDS);
      }
    } finally {
      process.end();
    }
  }

  private ObjectNode withText(String text) {
    ObjectNode params = withSession();
    params.putArray("prompt").addObject().put("type", "text").put("text", text);
    return params;
  }

  private ObjectNode withSession() {
    return JsonNodeFactory.instance.objectNode().put("sessionId", id);
  }
}
