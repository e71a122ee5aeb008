package io.numa.avatar.port.journal;

import io.numa.avatar.task.AttemptId;
import io.numa.avatar.task.agent.AgentUsage;
import java.time.Duration;
import java.util.Optional;

/**
 * What a coding agent has spent in one step of an attempt so far.
 *
 * @param step the step's number; 0 for repairs of a plan that has no step for an agent, {@link
 *     #REVIEW} for reviews
 * @param agent the operator's name for the agent
 * @param time how long its turns took together
 * @param failure a hash of the last failure that the agent was given back, if it was
 */
public record AgentSpending(
    AttemptId attempt,
    int step,
    String agent,
    AgentUsage usage,
    Duration time,
    Optional<String> failure) {
  /** Stands for a step where an agent reviews the change. */
  public static final int REVIEW = -1;

  /** Nothing spent yet. */
  public static AgentSpending none(AttemptId attempt, int step, String agent) {
    return new AgentSpending(
        attempt, step, agent, AgentUsage.NONE, Duration.ZERO, Optional.empty());
  }

  /** A copy with more usage and time. */
  public AgentSpending plus(AgentUsage more, Duration longer) {
    return new AgentSpending(attempt, step, agent, usage.plus(more), time.plus(longer), failure);
  }

  /** A copy with the failure that the agent is given back. */
  public AgentSpending withFailure(String hash) {
    return new AgentSpending(attempt, step, agent, usage, time, Optional.of(hash));
  }
}
