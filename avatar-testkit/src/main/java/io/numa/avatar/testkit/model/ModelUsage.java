package io.numa.avatar.testkit.model;

/**
 * The tokens that an answer states. Each dialect states them in its own manner; for example
 * Anthropic's input excludes the cached tokens, and Gemini's output excludes the reasoning.
 *
 * @param input all tokens of the request, including the cached and the newly cached ones
 * @param cached those that were read from the cache
 * @param cacheWrites those that were written to the cache; only Anthropic states them
 * @param output all tokens of the answer, including the reasoning
 * @param reasoning those of the answer that were reasoning
 */
public record ModelUsage(int input, int cached, int cacheWrites, int output, int reasoning) {
  public ModelUsage {
    if (cached < 0 || cacheWrites < 0 || cached + cacheWrites > input) {
      throw new IllegalArgumentException("the input holds the cached tokens: " + input);
    }
    if (reasoning < 0 || reasoning > output) {
      throw new IllegalArgumentException("the output holds the reasoning: " + output);
    }
  }

  /** Nothing cached, no reasoning. */
  public static ModelUsage of(int input, int output) {
    return new ModelUsage(input, 0, 0, output, 0);
  }

  public ModelUsage withCached(int tokens) {
    return new ModelUsage(input, tokens, cacheWrites, output, reasoning);
  }

  public ModelUsage withCacheWrites(int tokens) {
    return new ModelUsage(input, cached, tokens, output, reasoning);
  }

  public ModelUsage withReasoning(int tokens) {
    return new ModelUsage(input, cached, cacheWrites, output, tokens);
  }
}
