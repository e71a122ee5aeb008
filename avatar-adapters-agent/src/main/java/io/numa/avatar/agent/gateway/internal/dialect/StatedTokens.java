package io.numa.avatar.agent.gateway.internal.dialect;

import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.CACHED;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.CACHE_WRITE;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.INPUT;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.OUTPUT;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.PLAIN_INPUT;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.THOUGHTS;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.TOOL_INPUT;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where answers state their tokens. */
final class StatedTokens {
  private static final Map<String, TokenKind> CHAT =
      below(
          // Some hosts state the usage within a choice.
          List.of("/usage", "/choices/usage"),
          Map.of(
              "/prompt_tokens", INPUT,
              "/prompt_tokens_details/cached_tokens", CACHED,
              "/prompt_tokens_details/cache_write_tokens", CACHE_WRITE,
              "/prompt_cache_hit_tokens", CACHED,
              "/cached_tokens", CACHED,
              "/completion_tokens", OUTPUT));

  private static final Map<String, TokenKind> RESPONSES =
      below(
          List.of("/usage", "/response/usage"),
          Map.of(
              "/input_tokens", INPUT,
              "/input_tokens_details/cached_tokens", CACHED,
              "/output_tokens", OUTPUT));

  private static final Map<String, TokenKind> MESSAGES =
      below(
          List.of("/usage", "/message/usage"),
          Map.of(
              "/input_tokens", PLAIN_INPUT,
              "/cache_read_input_tokens", CACHED,
              "/cache_creation_input_tokens", CACHE_WRITE,
              "/output_tokens", OUTPUT));

  private static final Map<String, TokenKind> CONTENTS =
      below(
          List.of("/usageMetadata"),
          Map.of(
              "/promptTokenCount", INPUT,
              "/toolUsePromptTokenCount", TOOL_INPUT,
              "/cachedContentTokenCount", CACHED,
              "/candidatesTokenCount", OUTPUT,
              "/thoughtsTokenCount", THOUGHTS));

  private StatedTokens() {}

  /** What the numbers of an answer mean, by their paths as {@link JsonNumbers} gives them. */
  static Map<String, TokenKind> of(Dialect dialect) {
    return switch (dialect) {
      case OPENAI_CHAT -> CHAT;
      case OPENAI_RESPONSES -> RESPONSES;
      case ANTHROPIC -> MESSAGES;
      case GEMINI -> CONTENTS;
    };
  }

  private static Map<String, TokenKind> below(List<String> places, Map<String, TokenKind> kinds) {
    var meanings = new HashMap<String, TokenKind>();
    places.forEach(place -> kinds.forEach((path, kind) -> meanings.put(place + path, kind)));
    return Map.copyOf(meanings);
  }
}
