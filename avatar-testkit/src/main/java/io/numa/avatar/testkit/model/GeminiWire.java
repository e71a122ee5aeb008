package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.Wire.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Gemini's contents. Its streams send the arguments of a tool in one piece. */
final class GeminiWire implements Wire {
  @Override
  public Conversation read(JsonNode body) {
    var conversation = new Conversation.Builder();
    for (JsonNode tool : body.path("tools")) {
      for (JsonNode function : tool.path("functionDeclarations")) {
        conversation.tool(function.path("name").asText(), schema(function));
      }
    }
    for (JsonNode content : body.path("contents")) {
      if (!content.path("role").asText().equals("model")) {
        readUser(content.path("parts"), conversation);
      }
    }
    return conversation.build(body);
  }

  private static JsonNode schema(JsonNode function) {
    return function.has("parametersJsonSchema")
        ? function.path("parametersJsonSchema")
        : function.path("parameters");
  }

  private static void readUser(JsonNode parts, Conversation.Builder conversation) {
    int results = 0;
    for (JsonNode part : parts) {
      results += part.has("functionResponse") ? 1 : 0;
    }
    conversation.results(results);
    if (results == 0) {
      conversation.prompt(Wire.text(parts));
    }
  }

  @Override
  public boolean streams(ModelRequest request) {
    return request.path().endsWith(":streamGenerateContent");
  }

  @Override
  public JsonNode whole(ModelRequest request, Answer answer) {
    List<ObjectNode> parts = new ArrayList<>();
    if (!answer.text().isEmpty()) {
      parts.add(object().put("text", answer.text()));
    }
    answer.calls().forEach(call -> parts.add(functionCall(call)));
    return last(request, answer, parts);
  }

  @Override
  public List<Frame> stream(ModelRequest request, Answer answer) {
    List<JsonNode> chunks = new ArrayList<>();
    for (String piece : Answer.pieces(answer.text())) {
      chunks.add(chunk(request, answer, List.of(object().put("text", piece))));
    }
    for (Answer.Call call : answer.calls()) {
      chunks.add(chunk(request, answer, List.of(functionCall(call))));
    }
    chunks.add(last(request, answer, List.of(object().put("text", ""))));
    return chunks.stream().map(Frame::of).toList();
  }

  private static ObjectNode functionCall(Answer.Call call) {
    ObjectNode part = object();
    part.putObject("functionCall")
        .put("id", call.id())
        .put("name", call.tool())
        .set("args", call.arguments());
    return part;
  }

  /** Each chunk states the tokens so far. */
  private static ObjectNode chunk(ModelRequest request, Answer answer, List<ObjectNode> parts) {
    ModelUsage usage = answer.usage();
    return chunk(request, answer, parts, new ModelUsage(usage.input(), usage.cached(), 0, 0, 0));
  }

  private static ObjectNode last(ModelRequest request, Answer answer, List<ObjectNode> parts) {
    ObjectNode last = chunk(request, answer, parts, answer.usage());
    ((ObjectNode) last.path("candidates").path(0)).put("finishReason", "STOP");
    return last;
  }

  private static ObjectNode chunk(
      ModelRequest request, Answer answer, List<ObjectNode> parts, ModelUsage soFar) {
    ObjectNode chunk = object();
    ObjectNode candidate = chunk.putArray("candidates").addObject().put("index", 0);
    candidate.putObject("content").put("role", "model").putArray("parts").addAll(parts);
    chunk
        .putObject("usageMetadata")
        .put("promptTokenCount", soFar.input())
        .put("cachedContentTokenCount", soFar.cached())
        .put("candidatesTokenCount", soFar.output() - soFar.reasoning())
        .put("thoughtsTokenCount", soFar.reasoning())
        .put("totalTokenCount", soFar.input() + soFar.output());
    return chunk.put("modelVersion", request.model()).put("responseId", answer.id());
  }

  @Override
  public JsonNode error(int status, String message) {
    ObjectNode error = object();
    error
        .putObject("error")
        .put("code", status)
        .put("message", message)
        .put("status", ErrorType.google(status));
    return error;
  }
}
