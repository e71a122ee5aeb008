package io.numa.avatar.agent.turn;

import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentTurn;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.agent.AgentUsage;
import java.util.function.BiFunction;

/**
 * Why a turn ends.
 *
 * @param turn makes the turn's result of its summary and usage
 * @param ownWord whether the agent itself ended the turn, and can go on with another
 */
public record Ending(BiFunction<String, AgentUsage, AgentTurn> turn, boolean ownWord) {
  public static Ending completed() {
    return new Ending(AgentTurn.Completed::new, true);
  }

  public static Ending refused() {
    return new Ending(AgentTurn.Refused::new, true);
  }

  /** A limit that the agent keeps by itself, such as one of its model. */
  public static Ending ownLimit(AgentLimit limit, String message) {
    return new Ending(
        (summary, usage) -> new AgentTurn.LimitReached(limit, message, summary, usage), true);
  }

  public static Ending limit(AgentLimit limit, String message) {
    return new Ending(
        (summary, usage) -> new AgentTurn.LimitReached(limit, message, summary, usage), false);
  }

  /** A failure that the agent reported; it may go on. */
  public static Ending reported(FailureKind kind, String message) {
    return new Ending(
        (summary, usage) -> new AgentTurn.Failed(kind, message, summary, usage), true);
  }

  /** A failure after which the agent is of no use. */
  public static Ending failed(FailureKind kind, String message) {
    return new Ending(
        (summary, usage) -> new AgentTurn.Failed(kind, message, summary, usage), false);
  }
}
