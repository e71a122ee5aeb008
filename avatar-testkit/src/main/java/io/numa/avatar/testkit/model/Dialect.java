package io.numa.avatar.testkit.model;

/** A manner of asking a model. */
public enum Dialect {
  /** OpenAI's {@code /v1/chat/completions}. */
  OPENAI_CHAT,
  /** OpenAI's {@code /v1/responses}. */
  OPENAI_RESPONSES,
  /** Anthropic's {@code /v1/messages}. */
  ANTHROPIC,
  /** Gemini's {@code /v1beta/models/NAME:generateContent}, also streaming. */
  GEMINI;

  Wire wire() {
    return switch (this) {
      case OPENAI_CHAT -> new ChatWire();
      case OPENAI_RESPONSES -> new ResponsesWire();
      case ANTHROPIC -> new MessagesWire();
      case GEMINI -> new GeminiWire();
    };
  }
}
