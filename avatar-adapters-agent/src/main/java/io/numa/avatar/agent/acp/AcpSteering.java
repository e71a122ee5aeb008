package io.numa.avatar.agent.acp;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Tells an agent something in its running turn, by the protocol's extension for that. One thread
 * tells something, and another one may wait for the agent's answer.
 */
final class AcpSteering {
  private static final String METHOD = "_session/steering";

  /** How long an agent may take to answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long after the end of its turn. */
  private static final Duration LAST_PATIENCE = Duration.ofSeconds(2);

  private final AcpConnection connection;

  /** Whether the agent says that it takes messages, and has answered each so far. */
  private volatile boolean supported;

  private volatile Optional<CompletableFuture<Answer>> latest = Optional.empty();

  AcpSteering(AcpConnection connection, boolean supported) {
    this.connection = connection;
    this.supported = supported;
  }

  /**
   * Tells the agent something, and waits for its answer.
   *
   * @param params a prompt for the session
   * @param cancellation the session alone
   * @return whether the agent has taken it into its turn
   */
  boolean tell(ObjectNode params, ObjectNode cancellation) throws InterruptedException {
    if (!supported) {
      return false;
    }
    var answer = new CompletableFuture<Answer>();
    latest = Optional.of(answer);
    connection.request(METHOD, onlyInTurn(params), answer::complete);
    Optional<Answer> given = await(answer, PATIENCE);
    supported = given.isPresent();
    String outcome =
        given
            .filter(each -> !each.failed())
            .map(each -> each.result().path("outcome").asText("injected"))
            .orElse("failed");
    if (outcome.equals("startedNewTurn")) {
      // A turn that no prompt has begun has no end that the avatar would hear of.
      boolean ignored = connection.tell("session/cancel", cancellation);
    }
    return outcome.equals("injected");
  }

  /** Tells the agent something whose answer does not matter; says whether it will be written. */
  boolean mention(ObjectNode params) {
    return supported && connection.ask(METHOD, onlyInTurn(params));
  }

  /** The agent's turn has ended: waits a little for the answer to what it was told last. */
  void awaitAnswer() throws InterruptedException {
    Optional<CompletableFuture<Answer>> last = latest;
    if (last.isPresent()) {
      Optional<Answer> ignored = await(last.get(), LAST_PATIENCE);
    }
  }

  /**
   * Agents may begin a turn of their own for what comes after the end of one, unless told not to.
   */
  private static ObjectNode onlyInTurn(ObjectNode params) {
    params.putObject("_meta").putObject("steering").put("idleBehavior", "promptRequired");
    return params;
  }

  private static Optional<Answer> await(CompletableFuture<Answer> answer, Duration patience)
      throws InterruptedException {
    try {
      return Optional.of(answer.get(patience.toNanos(), NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an answer is never a failure", e);
    }
  }
}
