package io.numa.avatar.agent.gateway.internal.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.http.Json;

/** The manners in which agents speak with models. */
public enum Dialect {
  OPENAI_CHAT,
  OPENAI_RESPONSES,
  ANTHROPIC,
  GEMINI;

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
