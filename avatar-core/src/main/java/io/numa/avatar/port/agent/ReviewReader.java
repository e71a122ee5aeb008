package io.numa.avatar.port.agent;

/** Reads the answers of coding agents that review a change. Safe for use by several threads. */
@FunctionalInterface
public interface ReviewReader {
  /** Reads nothing, so that no review comes to a verdict. */
  ReviewReader NONE = answer -> ReviewAnswer.UNREADABLE;

  /**
   * Reads an answer, as far as it can be read. Never throws because of the answer.
   *
   * @param answer what the agent said last; it may be no JSON at all, or have text around it
   */
  ReviewAnswer read(String answer);
}
