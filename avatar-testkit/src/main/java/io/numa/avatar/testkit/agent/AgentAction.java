package io.numa.avatar.testkit.agent;

import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.agent.AgentUsage;
import java.util.List;

/** What a scripted agent does in a turn, one after the other; plain data. */
public sealed interface AgentAction {
  /** It says a piece of its message. The last message of a turn is its summary. */
  record Say(String text) implements AgentAction {}

  record Think(String text) implements AgentAction {}

  /** It tells its plan. */
  record Plan(List<String> entries) implements AgentAction {
    public Plan {
      entries = List.copyOf(entries);
    }
  }

  /** It writes a file, given by its path in the tree, with a tool of kind {@code edit}. */
  record Write(String path, String text) implements AgentAction {}

  /** It deletes a file with a tool of kind {@code delete}. */
  record Delete(String path) implements AgentAction {}

  /** It calls a tool that changes nothing. */
  record Call(String title, String kind, String result) implements AgentAction {}

  /** It tells what the turn has used so far. Agents in other processes may ignore this. */
  record Use(AgentUsage usage) implements AgentAction {}

  /**
   * It waits until it is to be told something in its turn, and says that if it takes such messages.
   */
  record Listen() implements AgentAction {}

  /** It does nothing more until it is stopped. */
  record Hang() implements AgentAction {}

  /** It ends its turn by refusing the work. */
  record Refuse() implements AgentAction {}

  /** A limit ends its turn. Agents in other processes may ignore this. */
  record Exceed(AgentLimit limit) implements AgentAction {}

  /** It fails. An agent in another process crashes for any kind. */
  record Fail(FailureKind kind, String message) implements AgentAction {}
}
