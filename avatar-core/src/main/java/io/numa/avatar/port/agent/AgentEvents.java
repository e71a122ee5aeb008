package io.numa.avatar.port.agent;

import io.numa.avatar.task.agent.AgentUsage;
import java.util.List;

/**
 * Receives what an agent says and does, in order, one call at a time. Texts are as the agent sent
 * them: not redacted, values over 1 MiB cut. An implementation must not block for long; if it
 * throws, the turn fails.
 */
public interface AgentEvents {
  /** A piece of the agent's message; not always a whole line. */
  default void said(String text) {}

  /** A piece of what the agent thinks. */
  default void thought(String text) {}

  /** A tool call begins, changes or ends. */
  default void tool(AgentTool tool) {}

  /** The agent's plan, whole: its entries, each with its state, such as {@code [x] write tests}. */
  default void planned(List<String> entries) {}

  /** A sentence of the avatar about the session, such as a refused permission or a warning. */
  default void noted(String sentence) {}

  /** What the running turn has used so far. */
  default void used(AgentUsage usage) {}
}
