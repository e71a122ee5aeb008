package io.numa.avatar.agent.turn;

import io.numa.avatar.port.agent.AgentTool;
import io.numa.avatar.port.agent.AgentTool.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tool calls of a turn, put together out of what is told of them. */
final class ToolCalls {
  /** Calls beyond this number are forgotten, the oldest first. */
  private static final int MAX_CALLS = 1_000;

  private static final int MAX_TITLE = 1_000;
  private static final int MAX_PATHS = 100;
  private static final int MAX_RESULT = 8_000;

  private final Map<String, Call> calls = new LinkedHashMap<>();
  private long begun;
  private long rounds;

  /**
   * A call after a sighting of it.
   *
   * @param news whether the sighting told anything that was not known
   * @param ends whether the sighting ended it
   * @param fingerprint of the tool, its arguments and what it gave
   */
  record Seen(AgentTool tool, boolean news, boolean ends, String fingerprint) {}

  private record Call(AgentTool tool, String arguments, String outcome) {
    boolean open() {
      return tool.state() == State.RUNNING;
    }

    String fingerprint() {
      return tool.kind() + '\n' + tool.title() + '\n' + arguments + '\n' + outcome;
    }
  }

  Seen see(ToolSighting sighting) {
    Call before = calls.get(sighting.id());
    Call call = before == null ? begin(sighting) : merged(before, sighting);
    calls.put(sighting.id(), call);
    return new Seen(
        call.tool(),
        before == null || !before.tool().equals(call.tool()),
        !call.open() && (before == null || before.open()),
        call.fingerprint());
  }

  long begun() {
    return begun;
  }

  /** How often the agent called tools after there was none at work. */
  long rounds() {
    return rounds;
  }

  private Call begin(ToolSighting sighting) {
    begun++;
    if (calls.values().stream().noneMatch(Call::open)) {
      rounds++;
    }
    if (calls.size() >= MAX_CALLS) {
      calls.remove(calls.keySet().iterator().next());
    }
    var empty =
        new AgentTool(sighting.id(), "", "other", List.of(), State.RUNNING, Optional.empty());
    return merged(new Call(empty, "", ""), sighting);
  }

  private static Call merged(Call before, ToolSighting sighting) {
    AgentTool tool = before.tool();
    var merged =
        new AgentTool(
            tool.id(),
            sighting.title().map(title -> Cuts.begin(title, MAX_TITLE)).orElse(tool.title()),
            sighting.kind().orElse(tool.kind()),
            paths(tool.paths(), sighting.paths()),
            state(tool.state(), sighting),
            sighting.result().map(result -> Cuts.end(result, MAX_RESULT)).or(tool::result));
    return new Call(
        merged,
        sighting.arguments().orElse(before.arguments()),
        sighting.outcome().orElse(before.outcome()));
  }

  /** A call that was refused fails afterwards, but stays refused. */
  private static State state(State before, ToolSighting sighting) {
    return before == State.REFUSED ? before : sighting.state().orElse(before);
  }

  /** All paths, without those that an absolute one has named before. */
  private static List<String> paths(List<String> before, List<String> more) {
    Set<String> all = new LinkedHashSet<>(before);
    more.stream()
        .filter(path -> all.stream().noneMatch(known -> known.endsWith('/' + path)))
        .forEach(all::add);
    return new ArrayList<>(all).subList(0, Math.min(all.size(), MAX_PATHS));
  }
}
