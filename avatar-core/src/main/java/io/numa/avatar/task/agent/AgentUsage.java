package io.numa.avatar.task.agent;

import java.math.BigDecimal;

/**
 * What a coding agent used. The model gateway counts requests, tokens and cost; without a gateway
 * they are zero.
 *
 * @param turns answers of the model; without a gateway, rounds of tools
 * @param toolCalls tools that the agent called
 * @param requests requests to the model, refused ones included
 * @param inputTokens tokens of the prompts, cached ones included
 * @param cachedTokens the part of {@code inputTokens} that the model's host read from its cache
 * @param cacheWriteTokens the part of {@code inputTokens} that it wrote to its cache
 * @param outputTokens tokens of the answers
 * @param cost in the currency of the configured prices; zero where no price is known
 */
public record AgentUsage(
    long turns,
    long toolCalls,
    long requests,
    long inputTokens,
    long cachedTokens,
    long cacheWriteTokens,
    long outputTokens,
    BigDecimal cost) {
  public static final AgentUsage NONE = new AgentUsage(0, 0, 0, 0, 0, 0, 0, BigDecimal.ZERO);

  /** All tokens, of prompts and answers. */
  public long tokens() {
    return inputTokens + outputTokens;
  }

  public AgentUsage plus(AgentUsage other) {
    return new AgentUsage(
        turns + other.turns,
        toolCalls + other.toolCalls,
        requests + other.requests,
        inputTokens + other.inputTokens,
        cachedTokens + other.cachedTokens,
        cacheWriteTokens + other.cacheWriteTokens,
        outputTokens + other.outputTokens,
        cost.add(other.cost));
  }

  /** What was used since a moment at which {@code earlier} was. */
  public AgentUsage minus(AgentUsage earlier) {
    return new AgentUsage(
        turns - earlier.turns,
        toolCalls - earlier.toolCalls,
        requests - earlier.requests,
        inputTokens - earlier.inputTokens,
        cachedTokens - earlier.cachedTokens,
        cacheWriteTokens - earlier.cacheWriteTokens,
        outputTokens - earlier.outputTokens,
        cost.subtract(earlier.cost));
  }

  /** A copy with other counts of turns and tool calls, which the agent's own protocol tells. */
  public AgentUsage withTurns(long newTurns, long newToolCalls) {
    return new AgentUsage(
        newTurns,
        newToolCalls,
        requests,
        inputTokens,
        cachedTokens,
        cacheWriteTokens,
        outputTokens,
        cost);
  }
}
