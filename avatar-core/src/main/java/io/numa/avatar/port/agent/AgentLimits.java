package io.numa.avatar.port.agent;

import io.numa.avatar.plan.AgentBounds;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The limits of an agent's work on a task.
 *
 * @param startup how long the agent may take until it is ready
 * @param time how long its turns may take together
 * @param silence how long it may send nothing while no tool is open
 * @param tool how long one open tool may show no sign of life of its processes
 * @param turns how many answers of the model, or rounds of tools where no gateway counts them
 * @param tokens how many tokens; checked before a request, so that one answer may pass it
 * @param cost in the currency of the configured prices
 */
public record AgentLimits(
    Duration startup,
    Duration time,
    Duration silence,
    Duration tool,
    OptionalLong turns,
    OptionalLong tokens,
    Optional<BigDecimal> cost) {
  /** 90 s to start, 30 min of work, 10 min of silence, 60 min for a tool, 100 turns. */
  public static final AgentLimits DEFAULTS =
      new AgentLimits(
          Duration.ofSeconds(90),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10),
          Duration.ofMinutes(60),
          OptionalLong.of(100),
          OptionalLong.empty(),
          Optional.empty());

  /** These limits, lowered to {@code bounds} where those are lower; never raised. */
  public AgentLimits loweredTo(AgentBounds bounds) {
    return new AgentLimits(
        startup,
        bounds.time().filter(other -> other.compareTo(time) < 0).orElse(time),
        silence,
        tool,
        lower(turns, bounds.turns()),
        lower(tokens, bounds.tokens()),
        lower(cost, bounds.cost()));
  }

  private static OptionalLong lower(OptionalLong limit, OptionalLong other) {
    if (limit.isEmpty() || other.isEmpty()) {
      return limit.isPresent() ? limit : other;
    }
    return OptionalLong.of(Math.min(limit.getAsLong(), other.getAsLong()));
  }

  private static Optional<BigDecimal> lower(
      Optional<BigDecimal> limit, Optional<BigDecimal> other) {
    return limit.isPresent() && other.isPresent()
        ? limit.map(other.get()::min)
        : limit.or(() -> other);
  }
}
