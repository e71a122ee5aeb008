package io.numa.avatar.agent.settings;

import io.numa.avatar.task.agent.AgentUsage;
import java.math.BigDecimal;

/**
 * The price of a million tokens of a model.
 *
 * @param input of prompts
 * @param cached of prompts that its host had in its cache
 * @param cacheWrite of prompts that it wrote to its cache
 * @param output of answers
 */
public record ModelPrice(
    BigDecimal input, BigDecimal cached, BigDecimal cacheWrite, BigDecimal output) {
  private static final int MILLION_DIGITS = 6;

  /** The cost of these tokens. */
  public BigDecimal of(AgentUsage usage) {
    long plain = usage.inputTokens() - usage.cachedTokens() - usage.cacheWriteTokens();
    return input
        .multiply(BigDecimal.valueOf(Math.max(plain, 0)))
        .add(cached.multiply(BigDecimal.valueOf(usage.cachedTokens())))
        .add(cacheWrite.multiply(BigDecimal.valueOf(usage.cacheWriteTokens())))
        .add(output.multiply(BigDecimal.valueOf(usage.outputTokens())))
        .movePointLeft(MILLION_DIGITS);
  }
}
