package io.numa.avatar.agent.gateway.internal.dialect;

import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.CACHED;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.CACHE_WRITE;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.INPUT;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.OUTPUT;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.PLAIN_INPUT;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.THOUGHTS;
import static io.numa.avatar.agent.gateway.internal.dialect.TokenKind.TOOL_INPUT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.http.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The manners in which agents speak with models. */
public enum Dialect {
  OPENAI_CHAT(
      // Some hosts state the usage within a choice.
      below(
          List.of("/usage", "/choices/usage"),
          Map.of(
              "/prompt_tokens", INPUT,
              "/prompt_tokens_details/cached_tokens", CACHED,
              "/prompt_tokens_details/cache_write_tokens", CACHE_WRITE,
              "/prompt_cache_hit_tokens", CACHED,
              "/cached_tokens", CACHED,
              "/completion_tokens", OUTPUT))),

  OPENAI_RESPONSES(
      below(
          List.of("/usage", "/response/usage"),
          Map.of(
              "/input_tokens", INPUT,
              "/input_tokens_details/cached_tokens", CACHED,
              "/output_tokens", OUTPUT))),

  ANTHROPIC(
      below(
          List.of("/usage", "/message/usage"),
          Map.of(
              "/input_tokens", PLAIN_INPUT,
              "/cache_read_input_tokens", CACHED,
              "/cache_creation_input_tokens", CACHE_WRITE,
              "/output_tokens", OUTPUT))),

  GEMINI(
      below(
          List.of("/usageMetadata"),
          Map.of(
              "/promptTokenCount", INPUT,
              "/toolUsePromptTokenCount", TOOL_INPUT,
              "/cachedContentTokenCount", CACHED,
              "/candidatesTokenCount", OUTPUT,
              "/thoughtsTokenCount", THOUGHTS)));

  private final Map<String, TokenKind> meanings;

  Dialect(Map<String, TokenKind> meanings) {
    this.meanings = meanings;
  }

  private static Map<String, TokenKind> below(List<String> places, Map<String, TokenKind> kinds) {
    var meanings = new HashMap<String, TokenKind>();
    places.forEach(place -> kinds.forEach((path, kind) -> meanings.put(place + path, kind)));
    return Map.copyOf(meanings);
  }

  /** What the numbers of an answer mean, by their paths as {@link JsonNumbers} gives them. */
  Map<String, TokenKind> meanings() {
    return meanings;
  }

  /** An error in this manner, as the models' own hosts spell theirs. */
  public String error(Refusal refusal) {
    Refusal.Kind kind = refusal.kind();
    ObjectNode root = Json.object();
    ObjectNode error = root.putObject("error");
    switch (this) {
      case OPENAI_CHAT, OPENAI_RESPONSES ->
          error
              .put("message", refusal.message())
              .put("type", kind.type())
              .putNull("param")
              .putNull("code");
      case ANTHROPIC -> {
        root.put("type", "error");
        error.put("type", kind.type()).put("message", refusal.message());
      }
      case GEMINI ->
          error
              .put("code", kind.status())
              .put("message", refusal.message())
              .put("status", kind.word());
    }
    return root.toString();
  }
}
