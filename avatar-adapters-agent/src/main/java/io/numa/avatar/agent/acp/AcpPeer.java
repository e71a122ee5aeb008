package io.numa.avatar.agent.acp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.agent.preset.Preset;
import io.numa.avatar.agent.turn.Conversation;
import io.numa.avatar.agent.turn.Ending;
import io.numa.avatar.agent.turn.ToolSighting;
import io.numa.avatar.agent.turn.Turn;
import io.numa.avatar.agent.wire.Fingerprint;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentTool.State;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** Hears what an agent does, and answers its requests for permission, both in its turns alone. */
final class AcpPeer implements AcpConnection.Peer {
  /** So many times in a row, an agent may ask for the same permission. */
  private static final int MAX_ASKED = 20;

  private final Conversation conversation;
  private final Preset preset;
  private final Permissions permissions;

  // Messages come one at a time, so these need no lock.
  private String message = "";
  private String asked = "";
  private int timesAsked;

  AcpPeer(Conversation conversation, Preset preset, Permissions permissions) {
    this.conversation = conversation;
    this.preset = preset;
    this.permissions = permissions;
  }

  @Override
  public Optional<JsonNode> request(String method, JsonNode params) {
    return method.equals("session/request_permission")
        ? Optional.of(permission(params.path("toolCall"), params.path("options")))
        : Optional.empty();
  }

  @Override
  public void notification(String method, JsonNode params) {
    if (method.equals("session/update")) {
      JsonNode update = params.path("update");
      inTurn(turn -> update(turn, update));
    }
  }

  private void update(Turn turn, JsonNode update) {
    switch (update.path("sessionUpdate").asText("")) {
      case "agent_message_chunk" -> said(turn, update);
      case "agent_thought_chunk" -> turn.thought(text(update));
      case "tool_call", "tool_call_update" -> saw(turn, update);
      case "plan" -> planned(turn, update);
      default -> turn.livesOn();
    }
  }

  private void said(Turn turn, JsonNode update) {
    String text = text(update);
    if (text.isEmpty()) {
      // Some agents count tokens in such a message.
      turn.livesOn();
      return;
    }
    if (preset.isNoise(text)) {
      conversation.noted("the agent's program says: " + text.strip());
      return;
    }
    String id = update.path("messageId").asText(message);
    if (!id.equals(message)) {
      turn.endMessage();
      message = id;
    }
    turn.said(text);
  }

  private void saw(Turn turn, JsonNode update) {
    asked = "";
    turn.saw(ToolReader.update(update));
  }

  private static void planned(Turn turn, JsonNode update) {
    turn.planned(
        StreamSupport.stream(update.path("entries").spliterator(), false)
            .map(entry -> mark(entry) + entry.path("content").asText(""))
            .toList());
  }

  private static String mark(JsonNode entry) {
    return switch (entry.path("status").asText("").toLowerCase(Locale.ROOT)) {
      case "completed" -> "[x] ";
      case "in_progress" -> "[~] ";
      default -> "[ ] ";
    };
  }

  private static String text(JsonNode update) {
    return update.path("content").path("text").asText("");
  }

  private JsonNode permission(JsonNode tool, JsonNode options) {
    Optional<String> refusal =
        permissions.refusal(ToolReader.kind(tool), ToolReader.allPaths(tool));
    inTurn(turn -> turn.saw(sighting(tool, refusal)));
    refusal.ifPresent(
        why ->
            conversation.noted(
                String.format(
                    Locale.ROOT, "refused '%s': %s", tool.path("title").asText("a tool"), why)));
    countAsked(tool);
    return outcome(Permissions.choice(options, refusal.isEmpty()));
  }

  private static ToolSighting sighting(JsonNode tool, Optional<String> refusal) {
    return ToolReader.request(tool, refusal.isEmpty() ? State.RUNNING : State.REFUSED);
  }

  private static JsonNode outcome(Optional<String> choice) {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    ObjectNode outcome = result.putObject("outcome");
    choice.ifPresentOrElse(
        option -> outcome.put("outcome", "selected").put("optionId", option),
        () -> outcome.put("outcome", "cancelled"));
    return result;
  }

  /** An agent that asks again and again, and does nothing with the answer, does not end. */
  private void countAsked(JsonNode tool) {
    String question =
        Fingerprint.of(tool.path("title"), tool.path("rawInput"), tool.path("content"));
    timesAsked = question.equals(asked) ? timesAsked + 1 : 1;
    asked = question;
    if (timesAsked >= MAX_ASKED) {
      inTurn(
          turn ->
              turn.end(
                  Ending.limit(
                      AgentLimit.LOOP,
                      String.format(
                          Locale.ROOT,
                          "it asked for the same permission %d times in a row",
                          MAX_ASKED))));
    }
  }

  private void inTurn(Consumer<Turn> call) {
    conversation.turn().ifPresent(call);
  }
}
