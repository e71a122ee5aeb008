package io.numa.avatar.agent.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.agent.turn.Conversation;
import io.numa.avatar.agent.turn.Ending;
import io.numa.avatar.agent.turn.ToolSighting;
import io.numa.avatar.agent.turn.Turn;
import io.numa.avatar.agent.wire.Fingerprint;
import io.numa.avatar.agent.wire.JsonLines;
import io.numa.avatar.agent.wire.PathArguments;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentTool.State;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads what an agent prints: text, or events as lines of JSON, in the shape that Claude Code and
 * Qwen Code share. The lines tell which of the two it is.
 */
final class CommandOutput implements JsonLines.Reader {
  private static final Set<String> EVENTS =
      Set.of("system", "assistant", "user", "result", "stream_event");

  private final Turn turn;
  private boolean spoke;
  private JsonNode result = MissingNode.getInstance();

  CommandOutput(Turn turn) {
    this.turn = turn;
  }

  @Override
  public void text(String text) {
    say(text + "\n");
  }

  @Override
  public void message(ObjectNode message) {
    String type = message.path("type").asText("");
    if (!EVENTS.contains(type)) {
      text(message.toString());
      return;
    }
    turn.livesOn();
    switch (type) {
      case "assistant" -> parts(message).forEach(this::assistant);
      case "user" -> parts(message).forEach(this::toolResult);
      case "result" -> result(message);
      default -> {}
    }
  }

  /** Why the turn ended, when the process has. Its exit code alone is no success. */
  Ending ending(Conversation conversation, int exitCode, String how) {
    String subtype = result.path("subtype").asText("");
    if (subtype.equals("error_max_turns")) {
      return Ending.ownLimit(AgentLimit.TURNS, "it reached a limit of turns of its own");
    }
    if (result.path("is_error").asBoolean(false)) {
      return conversation.failure(result.path("result").asText(subtype), false);
    }
    return exitCode == 0 ? conversation.completion() : conversation.failure(how, false);
  }

  private void say(String text) {
    spoke = true;
    turn.said(text);
  }

  private void assistant(JsonNode part) {
    switch (part.path("type").asText("")) {
      case "text" -> {
        turn.endMessage();
        say(part.path("text").asText(""));
      }
      case "thinking" -> turn.thought(part.path("thinking").asText(""));
      case "tool_use" -> turn.saw(begun(part));
      default -> {}
    }
  }

  private void result(JsonNode message) {
    result = message;
    if (!spoke) {
      say(message.path("result").asText(""));
    }
  }

  private static ToolSighting begun(JsonNode use) {
    JsonNode input = use.path("input");
    String name = use.path("name").asText("");
    return new ToolSighting(
        use.path("id").asText(""),
        Optional.of(title(name, input)),
        Optional.of(kind(name)),
        PathArguments.of(input),
        Optional.of(State.RUNNING),
        Optional.of(Fingerprint.of(input)),
        Optional.empty(),
        Optional.empty());
  }

  private void toolResult(JsonNode part) {
    if (part.path("type").asText("").equals("tool_result")) {
      JsonNode content = part.path("content");
      turn.saw(
          new ToolSighting(
              part.path("tool_use_id").asText(""),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              Optional.of(part.path("is_error").asBoolean(false) ? State.FAILED : State.COMPLETED),
              Optional.empty(),
              Optional.of(Fingerprint.of(content)),
              Optional.of(text(content)).filter(text -> !text.isBlank())));
    }
  }

  private static String title(String name, JsonNode input) {
    return Stream.of("command", "file_path", "path", "pattern", "url", "description")
        .map(argument -> input.path(argument).textValue())
        .filter(value -> value != null)
        .findFirst()
        .map(value -> name + ' ' + value)
        .orElse(name);
  }

  private static String kind(String name) {
    return switch (name) {
      case "Read", "read_file", "read_many_files", "NotebookRead" -> "read";
      case "Edit", "MultiEdit", "Write", "NotebookEdit", "edit", "replace", "write_file" -> "edit";
      case "Bash", "run_shell_command" -> "execute";
      case "Grep", "Glob", "LS", "grep_search", "glob", "list_directory" -> "search";
      case "WebFetch", "WebSearch", "web_fetch", "web_search" -> "fetch";
      default -> "other";
    };
  }

  private static String text(JsonNode content) {
    return content.isTextual()
        ? content.textValue()
        : elements(content)
            .map(part -> part.path("text").asText(""))
            .collect(Collectors.joining("\n"));
  }

  private static Stream<JsonNode> parts(JsonNode message) {
    return elements(message.path("message").path("content"));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
