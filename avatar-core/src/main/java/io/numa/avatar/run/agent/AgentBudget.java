package io.numa.avatar.run.agent;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.journal.AgentSpending;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.time.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * What coding agents have spent on a task in all its consecutive attempts, and what is left. The
 * operator's limits are for all work of an agent on the task, and the bounds of a step are for that
 * step alone. Not thread-safe.
 */
final class AgentBudget {
  private final List<AgentSpending> spent;

  /**
   * @param earlier what earlier attempts have spent
   */
  AgentBudget(List<AgentSpending> earlier) {
    this.spent = new ArrayList<>(earlier);
  }

  /** Replaces what was recorded for the same attempt, step and agent. */
  void spent(AgentSpending more) {
    spent.removeIf(each -> isSame(each, more));
    spent.add(more);
  }

  /** What was recorded for the same attempt, step and agent; nothing if nothing was. */
  AgentSpending soFar(AgentSpending nothing) {
    return spent.stream().filter(each -> isSame(each, nothing)).findFirst().orElse(nothing);
  }

  private static boolean isSame(AgentSpending one, AgentSpending other) {
    return one.attempt().equals(other.attempt())
        && one.step() == other.step()
        && one.agent().equals(other.agent());
  }

  /** What all agents have used for the task. */
  AgentUsage usage() {
    return usage(each -> true);
  }

  /** How long all agents have worked on the task. */
  Duration time() {
    return spent.stream().map(AgentSpending::time).reduce(Duration.ZERO, Duration::plus);
  }

  /** What is left for an agent in a step. */
  AgentLimits left(String agent, int step, AgentLimits operators, AgentBounds bounds) {
    Predicate<AgentSpending> byAgent = each -> each.agent().equals(agent);
    AgentUsage all = usage(byAgent);
    AgentUsage here = usage(byAgent.and(each -> each.step() == step));
    AgentBounds leftHere =
        new AgentBounds(
            bounds.time().map(time -> left(time, byAgent.and(each -> each.step() == step))),
            left(bounds.turns(), here.turns()),
            left(bounds.tokens(), here.tokens()),
            bounds.cost().map(cost -> left(cost, here.cost())));
    return new AgentLimits(
            operators.startup(),
            left(operators.time(), byAgent),
            operators.silence(),
            operators.tool(),
            left(operators.turns(), all.turns()),
            left(operators.tokens(), all.tokens()),
            operators.cost().map(cost -> left(cost, all.cost())))
        .loweredTo(leftHere);
  }

  private AgentUsage usage(Predicate<AgentSpending> which) {
    return spent.stream()
        .filter(which)
        .map(AgentSpending::usage)
        .reduce(AgentUsage.NONE, AgentUsage::plus);
  }

  private Duration left(Duration limit, Predicate<AgentSpending> which) {
    Duration left =
        spent.stream().filter(which).map(AgentSpending::time).reduce(limit, Duration::minus);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static OptionalLong left(OptionalLong limit, long used) {
    return limit.isPresent() ? OptionalLong.of(Math.max(0, limit.getAsLong() - used)) : limit;
  }

  private static BigDecimal left(BigDecimal limit, BigDecimal used) {
    return limit.subtract(used).max(BigDecimal.ZERO);
  }

  /** What is used up, in words; empty if the agent may work. */
  static Optional<String> usedUp(AgentLimits left, AgentLimits operators) {
    if (left.time().isZero()) {
      return Optional.of("its time is used up, of at most " + Durations.text(operators.time()));
    }
    if (left.turns().orElse(1) == 0) {
      return Optional.of("its turns are used up");
    }
    if (left.tokens().orElse(1) == 0) {
      return Optional.of("its tokens are used up");
    }
    return left.cost().filter(cost -> cost.signum() == 0).map(cost -> "its money is used up");
  }
}
