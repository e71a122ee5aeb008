package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.ModelAction.edit;
import static io.numa.avatar.testkit.model.ModelAction.read;
import static io.numa.avatar.testkit.model.ModelAction.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ResponsesDialectTest {
  private static final String PATH = "/v1/responses";
  private static final String SHELL =
      """
      {"type": "function", "name": "exec_command", "parameters": {
        "properties": {"cmd": {"type": "string"}}, "required": ["cmd"]}},
      {"type": "web_search"}
      """;
  private static final String PATCH = "{\"type\": \"custom\", \"name\": \"apply_patch\"},";
  private static final String ASKED =
      """
      {"type": "message", "role": "user", "content": [
        {"type": "input_text", "text": "<cwd>/w</cwd>"}]},
      {"type": "message", "role": "user", "content": [
        {"type": "input_text", "text": "Fix it"}]}
      """;
  private static final String RESULT =
      ", {\"type\": \"function_call_output\", \"call_id\": \"1\", \"output\": \"ok\"}";

  private final ModelServer model =
      ModelServer.start().withUsage(ModelUsage.of(100, 7).withCached(20).withReasoning(3));
  private final ModelClient client = new ModelClient(model);

  ResponsesDialectTest() throws IOException {}

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void runsShellAndPatchesThroughIt() throws Exception {
    model.play(ModelScript.first(say("I read. "), read("a b.txt"), edit("a.txt", "one", "two")));

    List<JsonNode> reading = client.events(PATH, request(true, SHELL, ASKED));
    List<JsonNode> editing = client.events(PATH, request(true, SHELL, ASKED + RESULT));

    assertThat(ModelClient.joined(of("response.output_text.delta", reading), "/delta"))
        .isEqualTo("I read. ");
    assertThat(arguments(reading)).isEqualTo("{\"cmd\":\"cat '/w/a b.txt'\"}");
    assertThat(arguments(editing))
        .contains("apply_patch <<", "*** Update File: a.txt\\n@@\\n-one\\n+two\\n*** End Patch");
  }

  private static String arguments(List<JsonNode> events) {
    List<JsonNode> pieces = of("response.function_call_arguments.delta", events);
    assertThat(pieces).hasSizeGreaterThan(1);
    String joined = ModelClient.joined(pieces, "/delta");
    assertThat(joined)
        .isEqualTo(
            ModelClient.joined(of("response.function_call_arguments.done", events), "/arguments"));
    return joined;
  }

  @Test
  void patchesWithTheToolForIt() throws Exception {
    model.play(ModelScript.first(edit("a.txt", "one", "two")));

    JsonNode answer = client.json(PATH, request(false, PATCH + SHELL, ASKED));

    assertThat(answer.at("/output/0/type").textValue()).isEqualTo("custom_tool_call");
    assertThat(answer.at("/output/0/input").textValue())
        .isEqualTo("*** Begin Patch\n*** Update File: a.txt\n@@\n-one\n+two\n*** End Patch");
  }

  @Test
  void numbersItsEventsAndStatesTheUsageAtTheEnd() throws Exception {
    List<JsonNode> events = client.events(PATH, request(true, SHELL, ASKED));

    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).path("sequence_number").intValue()).isEqualTo(i);
    }
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("type").textValue()).isEqualTo("response.completed");
    assertThat(last.at("/response/usage").toString())
        .isEqualTo(
            "{\"input_tokens\":100,\"output_tokens\":7,\"total_tokens\":107,"
                + "\"input_tokens_details\":{\"cached_tokens\":20},"
                + "\"output_tokens_details\":{\"reasoning_tokens\":3}}");
  }

  private static List<JsonNode> of(String type, List<JsonNode> events) {
    return events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
  }

  private static String request(boolean stream, String tools, String input) {
    return "{\"model\": \"m\", \"stream\": %s, \"tools\": [%s], \"input\": [%s]}"
        .formatted(stream, tools, input);
  }
}
