package io.numa.avatar.plan;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Limits that a step, a task or a repository sets for an agent. They lower the operator's limits,
 * and never raise them.
 *
 * @param time how long the agent may work
 * @param turns how many answers of the model it may use
 * @param tokens how many tokens of prompts and answers together
 * @param cost in the currency of the configured prices
 */
public record AgentBounds(
    Optional<Duration> time, OptionalLong turns, OptionalLong tokens, Optional<BigDecimal> cost) {
  public static final AgentBounds NONE =
      new AgentBounds(
          Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());

  /** Bounds of time alone. */
  public static AgentBounds of(Duration time) {
    return new AgentBounds(
        Optional.of(time), OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }
}
