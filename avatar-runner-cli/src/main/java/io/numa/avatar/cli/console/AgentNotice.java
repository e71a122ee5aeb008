package io.numa.avatar.cli.console;

import java.util.List;

/** What people are told of coding agents before one works. */
public final class AgentNotice {
  private static final String RISK =
      "experimental; they do what their sandbox lets them; see docs/agents.md";

  /** What is not safe yet. */
  public static final String EXPERIMENTAL = "coding agents are " + RISK;

  private AgentNotice() {}

  /**
   * The line at the start of {@code run}.
   *
   * @param names the agents, the default one first
   */
  public static String atStart(List<String> names) {
    return names.isEmpty()
        ? "no coding agent is configured (agents.available); tasks of prose are left to others"
        : "coding agents: " + String.join(", ", names) + "; " + RISK;
  }
}
