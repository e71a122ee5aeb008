package io.numa.avatar.port.agent;

import java.util.List;
import java.util.Optional;

/**
 * The state of one tool call of an agent.
 *
 * @param id identifies the call within the session
 * @param title what the agent calls it, such as {@code Edit src/App.java}
 * @param kind a word of the protocol: read, edit, delete, move, search, execute, think, fetch,
 *     other
 * @param paths the files that it concerns, as the agent names them
 * @param result the end of what it gave, if it has ended and the agent shows it
 */
public record AgentTool(
    String id,
    String title,
    String kind,
    List<String> paths,
    State state,
    Optional<String> result) {
  public AgentTool {
    paths = List.copyOf(paths);
  }

  /** The states of a tool call. */
  public enum State {
    RUNNING,
    COMPLETED,
    FAILED,
    /** The avatar refused its permission. */
    REFUSED
  }
}
