package io.numa.avatar.agent.turn;

import io.numa.avatar.agent.gateway.GatewaySession;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a turn uses, and the bounds of that. The gateway counts where there is one; without it only
 * rounds of tools are known.
 */
final class Spending {
  private static final BigDecimal WARNING_PART = new BigDecimal("0.8");

  private final Optional<GatewaySession> gateway;
  private final AgentLimits limits;
  private final AgentUsage before;
  private AgentUsage newest;
  private final Set<AgentLimit> warned = EnumSet.noneOf(AgentLimit.class);

  Spending(Optional<GatewaySession> gateway, AgentLimits limits) {
    this.gateway = gateway;
    this.limits = limits;
    this.before = gateway.map(GatewaySession::used).orElse(AgentUsage.NONE);
    this.newest = before;
    gateway.ifPresent(
        session ->
            session.limit(
                after(limits.turns(), before.turns()),
                after(limits.tokens(), before.tokens()),
                limits.cost().map(before.cost()::add)));
  }

  /** Asks the gateway what the session has used. */
  AgentUsage session() {
    return gateway.map(GatewaySession::used).orElse(before);
  }

  /** Takes note of what the session has used. */
  void count(AgentUsage session) {
    newest = session;
  }

  /** What the turn has used, as far as it was told. */
  AgentUsage newest(ToolCalls tools) {
    return ofTurn(newest, tools);
  }

  /** What the turn has used when the session has used so much. */
  AgentUsage ofTurn(AgentUsage session, ToolCalls tools) {
    AgentUsage counted = session.minus(before);
    long turns = gateway.isPresent() ? counted.turns() : tools.rounds();
    return counted.withTurns(turns, tools.begun());
  }

  /** The limit of turns, where no gateway keeps it. */
  Optional<Ending> reached(ToolCalls tools) {
    boolean passed =
        gateway.isEmpty()
            && limits.turns().isPresent()
            && tools.rounds() > limits.turns().getAsLong();
    return passed ? Optional.of(ending(AgentLimit.TURNS)) : Optional.empty();
  }

  /** The bound of which most is used up; given once for each. */
  Optional<AgentLimit> warns(AgentUsage used) {
    Optional<BigDecimal> tokens =
        limits.tokens().stream().mapToObj(BigDecimal::valueOf).findFirst();
    if (near(AgentLimit.TOKENS, BigDecimal.valueOf(used.tokens()), tokens)) {
      return Optional.of(AgentLimit.TOKENS);
    }
    return near(AgentLimit.COST, used.cost(), limits.cost())
        ? Optional.of(AgentLimit.COST)
        : Optional.empty();
  }

  Ending ending(AgentLimit limit) {
    return Ending.limit(
        limit,
        switch (limit) {
          case TURNS ->
              String.format(Locale.ROOT, "its %s turns are used up", text(limits.turns()));
          case TOKENS ->
              String.format(Locale.ROOT, "its %s tokens are used up", text(limits.tokens()));
          case COST ->
              String.format(
                  Locale.ROOT,
                  "its cost reached the limit of %s",
                  limits.cost().map(BigDecimal::toPlainString).orElse("0"));
          case TIME, SILENCE, TOOL, LOOP, BUDGET -> "its model answers no more";
        });
  }

  private boolean near(AgentLimit limit, BigDecimal used, Optional<BigDecimal> bound) {
    return bound.filter(value -> used.compareTo(value.multiply(WARNING_PART)) >= 0).isPresent()
        && warned.add(limit);
  }

  private static OptionalLong after(OptionalLong limit, long used) {
    return limit.isPresent() ? OptionalLong.of(used + limit.getAsLong()) : limit;
  }

  private static String text(OptionalLong limit) {
    return limit.isPresent() ? String.valueOf(limit.getAsLong()) : "0";
  }
}
