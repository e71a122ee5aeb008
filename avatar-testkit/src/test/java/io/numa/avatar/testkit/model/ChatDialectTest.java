package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.ModelAction.edit;
import static io.numa.avatar.testkit.model.ModelAction.say;
import static io.numa.avatar.testkit.model.ModelAction.write;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ChatDialectTest {
  private static final String PATH = "/v1/chat/completions";
  private static final String TOOLS =
      """
      "tools": [{"type": "function", "function": {"name": "edit", "parameters": {"properties": {
          "file_path": {"type": "string"}, "old_string": {"type": "string"},
          "new_string": {"type": "string"}, "replace_all": {"type": "boolean"}},
        "required": ["file_path", "old_string", "new_string"]}}}]
      """;

  private final ModelServer model =
      ModelServer.start().withUsage(ModelUsage.of(100, 7).withCached(20).withReasoning(3));
  private final ModelClient client = new ModelClient(model);

  ChatDialectTest() throws IOException {}

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void splitsTextAndArgumentsInAStream() throws Exception {
    model.play(
        ModelScript.first(
            say("I look at the file first. "), edit("a.txt", "one\n\"two\"", "three")));

    List<JsonNode> chunks =
        client.events(PATH, request("true", asked("Work in the directory: /w")));

    assertThat(ModelClient.joined(chunks, "/choices/0/delta/content"))
        .isEqualTo("I look at the file first. ");
    assertThat(ModelClient.joined(chunks, "/choices/0/delta/tool_calls/0/function/name"))
        .isEqualTo("edit");
    assertThat(ModelClient.joined(chunks, "/choices/0/delta/tool_calls/0/function/arguments"))
        .contains("\"file_path\":\"/w/a.txt\"", "\"old_string\":\"one\\n\\\"two\\\"\"");
    assertThat(chunks.stream().filter(ChatDialectTest::hasArguments)).hasSizeGreaterThan(3);
    assertThat(ModelClient.joined(chunks, "/choices/0/finish_reason")).endsWith("tool_calls");
  }

  private static boolean hasArguments(JsonNode chunk) {
    return chunk.at("/choices/0/delta/tool_calls/0/function").has("arguments");
  }

  @Test
  void statesTheUsageOfAStreamOnlyIfAsked() throws Exception {
    List<JsonNode> silent = client.events(PATH, request("true", asked("Hello")));
    List<JsonNode> told =
        client.events(
            PATH, request("true, \"stream_options\": {\"include_usage\": true}", asked("Hello")));

    assertThat(silent).noneMatch(chunk -> chunk.has("usage"));
    JsonNode last = told.get(told.size() - 1);
    assertThat(last.path("choices")).isEmpty();
    assertThat(last.path("usage").toString())
        .isEqualTo(
            "{\"prompt_tokens\":100,\"completion_tokens\":7,\"total_tokens\":107,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":20},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":3}}");
  }

  @Test
  void endsAStreamWithItsMark() throws Exception {
    assertThat(client.send("POST", PATH, request("true", asked("Hello"))).body())
        .endsWith("data: [DONE]\n\n");
  }

  @Test
  void answersWholeWithoutAStream() throws Exception {
    model.play(ModelScript.first(write("b.txt", "new"), say("Over.")));

    JsonNode first = client.json(PATH, request("false", asked("Work in the directory: /w")));
    JsonNode second =
        client.json(
            PATH,
            request(
                "false",
                asked("Work in the directory: /w")
                    + ", {\"role\": \"assistant\", \"tool_calls\": []}"
                    + ", {\"role\": \"tool\", \"content\": \"ok\"}"));

    assertThat(first.at("/choices/0/message/tool_calls/0/function/arguments").textValue())
        .isEqualTo("{\"file_path\":\"/w/b.txt\",\"old_string\":\"\",\"new_string\":\"new\"}");
    assertThat(second.at("/choices/0/message/content").textValue()).isEqualTo("Over.");
    assertThat(second.at("/choices/0/finish_reason").textValue()).isEqualTo("stop");
    assertThat(second.at("/usage/prompt_tokens").intValue()).isEqualTo(100);
  }

  private static String request(String stream, String messages) {
    return "{\"model\": \"m\", \"stream\": %s, \"messages\": [%s], %s}"
        .formatted(stream, messages, TOOLS);
  }

  private static String asked(String prompt) {
    return "{\"role\": \"system\", \"content\": \"Help.\"}, {\"role\": \"user\", \"content\": \""
        + prompt
        + "\"}";
  }
}
