package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.Wire.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** OpenAI's responses. */
final class ResponsesWire implements Wire {
  @Override
  public Conversation read(JsonNode body) {
    var conversation = new Conversation.Builder();
    for (JsonNode tool : body.path("tools")) {
      conversation.tool(tool.path("name").asText(), tool.path("parameters"));
    }
    if (body.path("input").isTextual()) {
      conversation.prompt(body.path("input").textValue());
    }
    for (JsonNode item : body.path("input")) {
      if (item.path("role").asText().equals("user")) {
        conversation.prompt(Wire.text(item.path("content")));
      } else if (item.path("type").asText().endsWith("call_output")) {
        conversation.results(1);
      }
    }
    return conversation.build(body);
  }

  @Override
  public JsonNode whole(ModelRequest request, Answer answer) {
    ObjectNode response = head(request, answer, "completed");
    response.set("output", output(answer));
    response.set("usage", usage(answer.usage()));
    return response;
  }

  private static ArrayNode output(Answer answer) {
    ArrayNode output = JSON.arrayNode();
    if (!answer.text().isEmpty()) {
      output.add(message(answer, "completed", answer.text()));
    }
    answer.calls().forEach(call -> output.add(call(call, "completed", argument(call))));
    return output;
  }

  private static ObjectNode message(Answer answer, String status, String text) {
    ObjectNode message =
        object()
            .put("type", "message")
            .put("id", "msg_" + answer.id())
            .put("role", "assistant")
            .put("status", status);
    ArrayNode content = message.putArray("content");
    if (!text.isEmpty()) {
      content.add(textPart(text));
    }
    return message;
  }

  private static ObjectNode textPart(String text) {
    ObjectNode part = object().put("type", "output_text").put("text", text);
    part.putArray("annotations");
    return part;
  }

  private static ObjectNode call(Answer.Call call, String status, String argument) {
    return object()
        .put("type", takesText(call) ? "custom_tool_call" : "function_call")
        .put("id", "fc_" + call.id())
        .put("call_id", call.id())
        .put("name", call.tool())
        .put("status", status)
        .put(takesText(call) ? "input" : "arguments", argument);
  }

  private static boolean takesText(Answer.Call call) {
    return call.arguments().isTextual();
  }

  private static String argument(Answer.Call call) {
    return takesText(call) ? call.arguments().textValue() : call.arguments().toString();
  }

  @Override
  public List<Frame> stream(ModelRequest request, Answer answer) {
    List<ObjectNode> events = new ArrayList<>();
    events.add(event("response.created", "response", head(request, answer, "in_progress")));
    events.add(event("response.in_progress", "response", head(request, answer, "in_progress")));
    int index = 0;
    if (!answer.text().isEmpty()) {
      addText(answer, events);
      index++;
    }
    for (Answer.Call call : answer.calls()) {
      addCall(call, index, events);
      index++;
    }
    events.add(event("response.completed", "response", whole(request, answer)));
    for (int i = 0; i < events.size(); i++) {
      events.get(i).put("sequence_number", i);
    }
    return events.stream().map(Frame::typed).toList();
  }

  private static void addText(Answer answer, List<ObjectNode> events) {
    events.add(item("added", 0, message(answer, "in_progress", "")));
    events.add(part(answer, "content_part.added").set("part", textPart("")));
    for (String piece : Answer.pieces(answer.text())) {
      events.add(part(answer, "output_text.delta").put("delta", piece));
    }
    events.add(part(answer, "output_text.done").put("text", answer.text()));
    events.add(part(answer, "content_part.done").set("part", textPart(answer.text())));
    events.add(item("done", 0, message(answer, "completed", answer.text())));
  }

  private static ObjectNode part(Answer answer, String type) {
    return object()
        .put("type", "response." + type)
        .put("item_id", "msg_" + answer.id())
        .put("output_index", 0)
        .put("content_index", 0);
  }

  private static void addCall(Answer.Call call, int index, List<ObjectNode> events) {
    String kind = takesText(call) ? "custom_tool_call_input" : "function_call_arguments";
    events.add(item("added", index, call(call, "in_progress", "")));
    for (String piece : Answer.pieces(argument(call))) {
      events.add(argument(call, index, kind + ".delta").put("delta", piece));
    }
    events.add(
        argument(call, index, kind + ".done")
            .put(takesText(call) ? "input" : "arguments", argument(call)));
    events.add(item("done", index, call(call, "completed", argument(call))));
  }

  private static ObjectNode argument(Answer.Call call, int index, String type) {
    return object()
        .put("type", "response." + type)
        .put("item_id", "fc_" + call.id())
        .put("output_index", index);
  }

  private static ObjectNode item(String change, int index, ObjectNode item) {
    return event("response.output_item." + change, "item", item).put("output_index", index);
  }

  private static ObjectNode event(String type, String name, JsonNode value) {
    return object().put("type", type).set(name, value);
  }

  private static ObjectNode head(ModelRequest request, Answer answer, String status) {
    ObjectNode head =
        object()
            .put("id", "resp_" + answer.id())
            .put("object", "response")
            .put("created_at", 1)
            .put("status", status)
            .put("model", request.model());
    head.putArray("output");
    return head;
  }

  private static ObjectNode usage(ModelUsage usage) {
    ObjectNode node =
        object()
            .put("input_tokens", usage.input())
            .put("output_tokens", usage.output())
            .put("total_tokens", usage.input() + usage.output());
    node.putObject("input_tokens_details").put("cached_tokens", usage.cached());
    node.putObject("output_tokens_details").put("reasoning_tokens", usage.reasoning());
    return node;
  }

  @Override
  public JsonNode error(int status, String message) {
    return ChatWire.openAiError(status, message);
  }
}
