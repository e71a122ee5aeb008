package io.numa.avatar.port.agent;

import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.agent.AgentUsage;
import java.util.Locale;

/** How an agent's turn ended. Its own word is no proof that it did the work. */
public sealed interface AgentTurn {
  /** The agent's last message, of which very long ones are cut; empty if it said nothing. */
  String summary();

  /** What this turn used. */
  AgentUsage usage();

  /**
   * How it ended, in a word: {@code completed}, {@code refused}, the limit, or the failure's kind.
   */
  default String word() {
    if (this instanceof LimitReached reached) {
      return reached.limit().name().toLowerCase(Locale.ROOT);
    }
    if (this instanceof Failed failed) {
      return failed.kind().word();
    }
    return this instanceof Refused ? "refused" : "completed";
  }

  /** The agent says that it is done. */
  record Completed(String summary, AgentUsage usage) implements AgentTurn {}

  /**
   * A limit ended the turn.
   *
   * @param message what was reached, for people, such as {@code it sent nothing for 10 min}
   */
  record LimitReached(AgentLimit limit, String message, String summary, AgentUsage usage)
      implements AgentTurn {}

  /** The agent or its model refuses to do the work. */
  record Refused(String summary, AgentUsage usage) implements AgentTurn {}

  /**
   * The agent failed.
   *
   * @param kind {@code AGENT_FAILED}, {@code AGENT_LOGIN} or {@code AGENT_UNAVAILABLE}; {@code
   *     DENIED} if files of the repository cannot be hidden from a new process
   */
  record Failed(FailureKind kind, String message, String summary, AgentUsage usage)
      implements AgentTurn {}
}
