package io.numa.avatar.port.notice;

import java.util.Locale;

/** What a notice can be about. */
public enum NoticeEvent {
  /** A task failed. */
  FAILED,
  /** A task's commit was pushed. */
  DELIVERED,
  /** The budget for coding agents is used up. */
  BUDGET,
  /** A task failed because its change was refused, or left what is allowed. */
  DENIED,
  /** A task failed because the model's host refused the agent's login. */
  AGENT_LOGIN;

  /** The word in lower case, as the configuration and documents spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
