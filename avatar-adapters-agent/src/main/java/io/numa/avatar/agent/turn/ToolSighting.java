package io.numa.avatar.agent.turn;

import io.numa.avatar.port.agent.AgentTool;
import java.util.List;
import java.util.Optional;

/**
 * What an agent tells of a tool call at a time. What it leaves out is as it told before.
 *
 * @param arguments a fingerprint of the call's arguments
 * @param outcome a fingerprint of what the call gave
 * @param result what the call gave, for people
 */
public record ToolSighting(
    String id,
    Optional<String> title,
    Optional<String> kind,
    List<String> paths,
    Optional<AgentTool.State> state,
    Optional<String> arguments,
    Optional<String> outcome,
    Optional<String> result) {
  public ToolSighting {
    paths = List.copyOf(paths);
  }

  /** The end of a call that gave nothing. */
  public static ToolSighting ended(String id, AgentTool.State state) {
    return new ToolSighting(
        id,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(state),
        Optional.empty(),
        Optional.of(state.name()),
        Optional.empty());
  }
}
