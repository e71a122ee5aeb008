package io.numa.avatar.agent.gateway.internal.dialect;

/** The counts of tokens that model hosts state. */
enum TokenKind {
  /** All tokens of the prompt. */
  INPUT,
  /** Tokens of the prompt besides cached ones. */
  PLAIN_INPUT,
  /** Tokens of the prompt that come from tools of the host, besides {@link #INPUT}. */
  TOOL_INPUT,
  CACHED,
  CACHE_WRITE,
  OUTPUT,
  /** Tokens of the host's thinking, besides {@link #OUTPUT}. */
  THOUGHTS
}
