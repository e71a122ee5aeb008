package io.numa.avatar.testkit.model;

import java.util.Optional;

/** What a path asks for. A path may begin with anything, as behind a proxy. */
enum Route {
  ANSWER,
  TOKEN_COUNT,
  MODELS,
  GREETING,
  UNKNOWN;

  static Route of(String method, String path) {
    if (method.equals("POST")) {
      if (path.endsWith("/messages/count_tokens") || path.endsWith(":countTokens")) {
        return TOKEN_COUNT;
      }
      return dialect(path).isPresent() ? ANSWER : UNKNOWN;
    }
    if (path.matches(".*/models(/[^/]+)?")) {
      return MODELS;
    }
    return path.endsWith("/") ? GREETING : UNKNOWN;
  }

  /** The dialect of a path, if it names one. */
  static Optional<Dialect> dialect(String path) {
    if (path.endsWith("/chat/completions")) {
      return Optional.of(Dialect.OPENAI_CHAT);
    }
    if (path.endsWith("/responses")) {
      return Optional.of(Dialect.OPENAI_RESPONSES);
    }
    if (path.endsWith("/messages") || path.endsWith("/messages/count_tokens")) {
      return Optional.of(Dialect.ANTHROPIC);
    }
    return path.matches(".*/models/[^/]+:(generateContent|streamGenerateContent|countTokens)")
        ? Optional.of(Dialect.GEMINI)
        : Optional.empty();
  }
}
