package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.Wire.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenAI's chat completions. A stream states its usage only if the request asks for it. */
final class ChatWire implements Wire {
  @Override
  public Conversation read(JsonNode body) {
    var conversation = new Conversation.Builder();
    for (JsonNode tool : body.path("tools")) {
      JsonNode function = tool.path("function");
      conversation.tool(function.path("name").asText(), function.path("parameters"));
    }
    for (JsonNode message : body.path("messages")) {
      String role = message.path("role").asText();
      if (role.equals("user")) {
        conversation.prompt(Wire.text(message.path("content")));
      } else if (role.equals("tool")) {
        conversation.results(1);
      }
    }
    return conversation.build(body);
  }

  @Override
  public JsonNode whole(ModelRequest request, Answer answer) {
    ObjectNode message = object().put("role", "assistant").put("content", answer.text());
    if (!answer.calls().isEmpty()) {
      message.set("tool_calls", calls(answer));
    }
    ObjectNode whole = head(request, answer, "chat.completion");
    ObjectNode choice = whole.putArray("choices").addObject().put("index", 0);
    choice.set("message", message);
    choice.put("finish_reason", finishReason(answer));
    whole.set("usage", usage(answer.usage()));
    return whole;
  }

  private static ArrayNode calls(Answer answer) {
    ArrayNode calls = JSON.arrayNode();
    for (Answer.Call call : answer.calls()) {
      ObjectNode node = calls.addObject().put("id", call.id()).put("type", "function");
      node.putObject("function")
          .put("name", call.tool())
          .put("arguments", call.arguments().toString());
    }
    return calls;
  }

  @Override
  public List<Frame> stream(ModelRequest request, Answer answer) {
    List<JsonNode> chunks = new ArrayList<>();
    chunks.add(chunk(request, answer, object().put("role", "assistant").put("content", "")));
    for (String piece : Answer.pieces(answer.text())) {
      chunks.add(chunk(request, answer, object().put("content", piece)));
    }
    for (int i = 0; i < answer.calls().size(); i++) {
      addCall(request, answer, i, chunks);
    }
    ObjectNode last = chunk(request, answer, object());
    ((ObjectNode) last.path("choices").path(0)).put("finish_reason", finishReason(answer));
    chunks.add(last);
    if (asksForUsage(request)) {
      ObjectNode usage = head(request, answer, "chat.completion.chunk");
      usage.putArray("choices");
      usage.set("usage", usage(answer.usage()));
      chunks.add(usage);
    }
    List<Frame> frames = new ArrayList<>(chunks.stream().map(Frame::of).toList());
    frames.add(new Frame(Optional.empty(), "[DONE]"));
    return frames;
  }

  private static void addCall(
      ModelRequest request, Answer answer, int index, List<JsonNode> chunks) {
    Answer.Call call = answer.calls().get(index);
    ObjectNode start = object();
    ObjectNode named = start.putArray("tool_calls").addObject().put("index", index);
    named.put("id", call.id()).put("type", "function");
    named.putObject("function").put("name", call.tool()).put("arguments", "");
    chunks.add(chunk(request, answer, start));
    for (String piece : Answer.pieces(call.arguments().toString())) {
      ObjectNode delta = object();
      ObjectNode more = delta.putArray("tool_calls").addObject().put("index", index);
      more.putObject("function").put("arguments", piece);
      chunks.add(chunk(request, answer, delta));
    }
  }

  private static ObjectNode chunk(ModelRequest request, Answer answer, ObjectNode delta) {
    ObjectNode chunk = head(request, answer, "chat.completion.chunk");
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.set("finish_reason", NullNode.instance);
    if (asksForUsage(request)) {
      chunk.set("usage", NullNode.instance);
    }
    return chunk;
  }

  private static ObjectNode head(ModelRequest request, Answer answer, String object) {
    return object()
        .put("id", "chatcmpl-" + answer.id())
        .put("object", object)
        .put("created", 1)
        .put("model", request.model());
  }

  private static boolean asksForUsage(ModelRequest request) {
    return request.json().path("stream_options").path("include_usage").asBoolean();
  }

  private static String finishReason(Answer answer) {
    return answer.calls().isEmpty() ? "stop" : "tool_calls";
  }

  private static ObjectNode usage(ModelUsage usage) {
    ObjectNode node =
        object()
            .put("prompt_tokens", usage.input())
            .put("completion_tokens", usage.output())
            .put("total_tokens", usage.input() + usage.output());
    node.putObject("prompt_tokens_details").put("cached_tokens", usage.cached());
    node.putObject("completion_tokens_details").put("reasoning_tokens", usage.reasoning());
    return node;
  }

  @Override
  public JsonNode error(int status, String message) {
    return openAiError(status, message);
  }

  static JsonNode openAiError(int status, String message) {
    ObjectNode error = object();
    error
        .putObject("error")
        .put("message", message)
        .put("type", ErrorType.of(status))
        .put("code", ErrorType.of(status));
    return error;
  }
}
