package io.numa.avatar.port.agent;

import io.numa.avatar.task.FailureKind;

/** The limits that end an agent's turn, and the kind of failure that each leads to. */
public enum AgentLimit {
  TIME(FailureKind.AGENT_TIME),
  SILENCE(FailureKind.AGENT_SILENT),
  /** One tool showed no sign of life. */
  TOOL(FailureKind.AGENT_SILENT),
  TURNS(FailureKind.AGENT_BUDGET),
  TOKENS(FailureKind.AGENT_BUDGET),
  COST(FailureKind.AGENT_BUDGET),
  /** The budget of the whole avatar is used up. */
  BUDGET(FailureKind.AGENT_BUDGET),
  /** It called the same tool with the same arguments and the same result five times. */
  LOOP(FailureKind.AGENT_LOOP);

  private final FailureKind kind;

  AgentLimit(FailureKind kind) {
    this.kind = kind;
  }

  public FailureKind kind() {
    return kind;
  }
}
