package io.numa.avatar.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.numa.avatar.agent.turn.ToolSighting;
import io.numa.avatar.agent.wire.Fingerprint;
import io.numa.avatar.agent.wire.PathArguments;
import io.numa.avatar.port.agent.AgentTool.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads what a message tells of a tool call. */
final class ToolReader {
  private static final int MAX_ID = 200;
  private static final int MAX_PATH = 4_096;

  private ToolReader() {}

  /** Reads a {@code tool_call} or {@code tool_call_update}. */
  static ToolSighting update(JsonNode tool) {
    Optional<State> state = state(tool);
    // Before its end, some agents show the arguments of a call as its content.
    boolean ended = state.filter(now -> now != State.RUNNING).isPresent();
    return sighting(tool, state, ended ? outcome(tool) : Optional.empty());
  }

  /** Reads the tool call of a request for permission; it has given nothing yet. */
  static ToolSighting request(JsonNode tool, State state) {
    return sighting(tool, Optional.of(state), Optional.empty());
  }

  static String kind(JsonNode tool) {
    return tool.path("kind").asText("other");
  }

  /** All paths that a tool call names. */
  static List<String> allPaths(JsonNode tool) {
    var paths = new ArrayList<>(paths(tool));
    paths.addAll(PathArguments.of(tool.path("rawInput")));
    return paths;
  }

  private static ToolSighting sighting(
      JsonNode tool, Optional<State> state, Optional<String> outcome) {
    return new ToolSighting(
        id(tool),
        Optional.ofNullable(tool.path("title").textValue()),
        Optional.ofNullable(tool.path("kind").textValue()),
        paths(tool),
        state,
        arguments(tool),
        outcome,
        outcome.flatMap(given -> result(tool)));
  }

  private static String id(JsonNode tool) {
    String id = tool.path("toolCallId").asText("");
    return id.length() <= MAX_ID ? id : Fingerprint.of(TextNode.valueOf(id));
  }

  private static List<String> paths(JsonNode tool) {
    var paths = new LinkedHashSet<String>();
    Stream.concat(elements(tool.path("locations")), elements(tool.path("content")))
        .map(place -> place.path("path").asText(""))
        .filter(path -> !path.isEmpty() && path.length() <= MAX_PATH)
        .forEach(paths::add);
    return List.copyOf(paths);
  }

  private static Optional<State> state(JsonNode tool) {
    return switch (tool.path("status").asText("")) {
      case "completed" -> Optional.of(State.COMPLETED);
      case "failed" -> Optional.of(State.FAILED);
      case "pending", "in_progress" -> Optional.of(State.RUNNING);
      default -> Optional.empty();
    };
  }

  private static Optional<String> arguments(JsonNode tool) {
    JsonNode input = tool.path("rawInput");
    return input.isEmpty() ? Optional.empty() : Optional.of(Fingerprint.of(input));
  }

  private static Optional<String> outcome(JsonNode tool) {
    JsonNode content = tool.path("content");
    JsonNode output = tool.path("rawOutput");
    return content.isEmpty() && (output.isMissingNode() || output.isNull())
        ? Optional.empty()
        : Optional.of(Fingerprint.of(content, output));
  }

  private static Optional<String> result(JsonNode tool) {
    String shown =
        elements(tool.path("content"))
            .map(part -> part.path("content").path("text").asText(""))
            .filter(text -> !text.isBlank())
            .collect(Collectors.joining("\n"));
    return Optional.of(shown.isEmpty() ? output(tool.path("rawOutput")) : shown)
        .filter(text -> !text.isBlank());
  }

  private static String output(JsonNode raw) {
    if (raw.isTextual()) {
      return raw.textValue();
    }
    return Stream.of("output", "stdout", "content", "result", "error")
        .map(name -> raw.path(name).textValue())
        .filter(text -> text != null)
        .findFirst()
        .orElse("");
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
