package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.Wire.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Anthropic's messages. */
final class MessagesWire implements Wire {
  @Override
  public Conversation read(JsonNode body) {
    var conversation = new Conversation.Builder();
    for (JsonNode tool : body.path("tools")) {
      conversation.tool(tool.path("name").asText(), tool.path("input_schema"));
    }
    for (JsonNode message : body.path("messages")) {
      if (message.path("role").asText().equals("user")) {
        readUser(message.path("content"), conversation);
      }
    }
    return conversation.build(body);
  }

  /** A message of the role user holds results of tools, or what the person says, or reminders. */
  private static void readUser(JsonNode content, Conversation.Builder conversation) {
    if (content.isTextual()) {
      conversation.prompt(content.textValue());
    }
    int results = 0;
    for (JsonNode block : content) {
      results += block.path("type").asText().equals("tool_result") ? 1 : 0;
    }
    conversation.results(results);
    for (JsonNode block : content) {
      if (results == 0) {
        conversation.prompt(block.path("text").asText());
      }
    }
  }

  @Override
  public JsonNode whole(ModelRequest request, Answer answer) {
    ObjectNode message = head(request, answer);
    ArrayNode content = message.putArray("content");
    if (!answer.text().isEmpty()) {
      content.addObject().put("type", "text").put("text", answer.text());
    }
    answer.calls().forEach(call -> content.add(toolUse(call, call.arguments())));
    message.put("stop_reason", stopReason(answer));
    message.set("usage", usage(answer.usage()).put("output_tokens", answer.usage().output()));
    return message;
  }

  @Override
  public List<Frame> stream(ModelRequest request, Answer answer) {
    List<ObjectNode> events = new ArrayList<>();
    ObjectNode start = head(request, answer);
    start.putArray("content");
    start.set("stop_reason", NullNode.instance);
    start.set("usage", usage(answer.usage()).put("output_tokens", 1));
    events.add(object().put("type", "message_start").set("message", start));
    events.add(object().put("type", "ping"));
    int index = 0;
    if (!answer.text().isEmpty()) {
      addText(answer.text(), events);
      index++;
    }
    for (Answer.Call call : answer.calls()) {
      addCall(call, index, events);
      index++;
    }
    events.add(end(answer));
    events.add(object().put("type", "message_stop"));
    return events.stream().map(Frame::typed).toList();
  }

  /** States all tokens again. The output has grown since the start of the message. */
  private static ObjectNode end(Answer answer) {
    ObjectNode end = object().put("type", "message_delta");
    end.putObject("delta").put("stop_reason", stopReason(answer)).putNull("stop_sequence");
    end.set("usage", usage(answer.usage()).put("output_tokens", answer.usage().output()));
    return end;
  }

  private static void addText(String text, List<ObjectNode> events) {
    events.add(blockStart(0, object().put("type", "text").put("text", "")));
    for (String piece : Answer.pieces(text)) {
      events.add(blockDelta(0, object().put("type", "text_delta").put("text", piece)));
    }
    events.add(block("content_block_stop", 0));
  }

  private static void addCall(Answer.Call call, int index, List<ObjectNode> events) {
    events.add(blockStart(index, toolUse(call, object())));
    for (String piece : Answer.pieces(call.arguments().toString())) {
      ObjectNode delta = object().put("type", "input_json_delta").put("partial_json", piece);
      events.add(blockDelta(index, delta));
    }
    events.add(block("content_block_stop", index));
  }

  private static ObjectNode toolUse(Answer.Call call, JsonNode input) {
    return object()
        .put("type", "tool_use")
        .put("id", "toolu_" + call.id())
        .put("name", call.tool())
        .set("input", input);
  }

  private static ObjectNode blockStart(int index, ObjectNode block) {
    return block("content_block_start", index).set("content_block", block);
  }

  private static ObjectNode blockDelta(int index, ObjectNode delta) {
    return block("content_block_delta", index).set("delta", delta);
  }

  private static ObjectNode block(String type, int index) {
    return object().put("type", type).put("index", index);
  }

  private static ObjectNode head(ModelRequest request, Answer answer) {
    return object()
        .put("id", "msg_" + answer.id())
        .put("type", "message")
        .put("role", "assistant")
        .put("model", request.model())
        .putNull("stop_sequence");
  }

  private static String stopReason(Answer answer) {
    return answer.calls().isEmpty() ? "end_turn" : "tool_use";
  }

  /** The input, without the cached tokens. */
  private static ObjectNode usage(ModelUsage usage) {
    return object()
        .put("input_tokens", usage.input() - usage.cached() - usage.cacheWrites())
        .put("cache_read_input_tokens", usage.cached())
        .put("cache_creation_input_tokens", usage.cacheWrites());
  }

  @Override
  public JsonNode error(int status, String message) {
    ObjectNode error = object().put("type", "error");
    error.putObject("error").put("type", ErrorType.of(status)).put("message", message);
    return error;
  }
}
