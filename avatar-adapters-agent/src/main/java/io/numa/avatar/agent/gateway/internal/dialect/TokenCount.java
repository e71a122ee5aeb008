package io.numa.avatar.agent.gateway.internal.dialect;

import io.numa.avatar.agent.settings.ModelPrice;
import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The tokens that one answer states. Not thread-safe. */
public final class TokenCount {
  /** More than any model's host counts; larger numbers are errors. */
  private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000_000_000L);

  private final Map<TokenKind, Long> counts = new EnumMap<>(TokenKind.class);

  /**
   * Takes a stated number. Hosts state a growing count again and again, and some state zeros later,
   * so the largest one counts.
   */
  void state(TokenKind kind, BigDecimal value) {
    if (value.signum() >= 0 && value.compareTo(MAX) < 0) {
      counts.merge(kind, value.longValue(), Math::max);
    }
  }

  /** Whether the answer has stated any tokens. */
  public boolean stated() {
    return counts.containsKey(TokenKind.INPUT)
        || counts.containsKey(TokenKind.PLAIN_INPUT)
        || counts.containsKey(TokenKind.OUTPUT);
  }

  /** What one answer with these tokens uses. */
  public AgentUsage usage(Optional<ModelPrice> price) {
    long cached = of(TokenKind.CACHED);
    long written = of(TokenKind.CACHE_WRITE);
    long input =
        counts.containsKey(TokenKind.PLAIN_INPUT)
            ? of(TokenKind.PLAIN_INPUT) + cached + written
            : of(TokenKind.INPUT) + of(TokenKind.TOOL_INPUT);
    long output = of(TokenKind.OUTPUT) + of(TokenKind.THOUGHTS);
    return usage(1, input, cached, written, output, price);
  }

  /** A usage of this many tokens, with its cost; the cost is zero without a price. */
  public static AgentUsage usage(
      long turns, long input, long cached, long written, long output, Optional<ModelPrice> price) {
    var free = new AgentUsage(turns, 0, 0, input, cached, written, output, BigDecimal.ZERO);
    BigDecimal cost = price.map(each -> each.of(free)).orElse(BigDecimal.ZERO);
    return new AgentUsage(turns, 0, 0, input, cached, written, output, cost);
  }

  private long of(TokenKind kind) {
    return counts.getOrDefault(kind, 0L);
  }
}
