package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.ModelAction.edit;
import static io.numa.avatar.testkit.model.ModelAction.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GeminiDialectTest {
  private static final String MODEL = "/v1beta/models/gemini-x:";
  private static final String STREAM = MODEL + "streamGenerateContent?alt=sse";
  private static final String ASKED =
      """
      {"role": "user", "parts": [
        {"text": "- **Workspace Directories:**\\n  - /w\\n"}, {"text": "Fix it"}]}
      """;
  private static final String RESULT =
      """
      , {"role": "model", "parts": [{"functionCall": {"name": "replace"}}]}
      , {"role": "user", "parts": [{"functionResponse": {"name": "replace", "response": {}}}]}
      """;

  private final ModelServer model =
      ModelServer.start().withUsage(ModelUsage.of(100, 7).withCached(20).withReasoning(3));
  private final ModelClient client = new ModelClient(model);

  GeminiDialectTest() throws IOException {}

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void usesAToolThenSpeaks() throws Exception {
    model.play(ModelScript.first(edit("a.txt", "one", "two"), say("It is done, at last.")));

    List<JsonNode> using = client.events(STREAM, request(ASKED));
    List<JsonNode> speaking = client.events(STREAM, request(ASKED + RESULT));

    JsonNode call = using.get(0).at("/candidates/0/content/parts/0/functionCall");
    assertThat(call.path("name").textValue()).isEqualTo("replace");
    assertThat(call.path("args").toString())
        .contains("\"file_path\":\"/w/a.txt\"", "\"instruction\":\"as the task says\"");
    assertThat(ModelClient.joined(speaking, "/candidates/0/content/parts/0/text"))
        .isEqualTo("It is done, at last.");
    assertThat(ModelClient.joined(speaking, "/candidates/0/finishReason")).isEqualTo("STOP");
  }

  @Test
  void statesTheUsageSoFarInEachEvent() throws Exception {
    List<JsonNode> events = client.events(STREAM, request(ASKED));

    assertThat(events.get(0).path("usageMetadata").toString()).isEqualTo(usage(0, 0, 100));
    assertThat(events.get(events.size() - 1).path("usageMetadata").toString())
        .isEqualTo(usage(4, 3, 107));
  }

  private static String usage(int candidates, int thoughts, int total) {
    return ("{\"promptTokenCount\":100,\"cachedContentTokenCount\":20,"
            + "\"candidatesTokenCount\":%d,\"thoughtsTokenCount\":%d,\"totalTokenCount\":%d}")
        .formatted(candidates, thoughts, total);
  }

  @Test
  void answersWholeAndCountsTokens() throws Exception {
    JsonNode whole = client.json(MODEL + "generateContent", request(ASKED));
    JsonNode count = client.json(MODEL + "countTokens", request(ASKED));

    assertThat(whole.at("/candidates/0/content/parts/0/text").textValue()).isEqualTo("Done.");
    assertThat(whole.path("modelVersion").textValue()).isEqualTo("gemini-x");
    assertThat(count.path("totalTokens").intValue()).isEqualTo(100);
  }

  private static String request(String contents) {
    return """
        {"contents": [%s], "tools": [{"functionDeclarations": [
          {"name": "replace", "parametersJsonSchema": {"properties": {
            "file_path": {"type": "string"}, "instruction": {"type": "string"},
            "old_string": {"type": "string"}, "new_string": {"type": "string"}},
           "required": ["file_path", "instruction", "old_string", "new_string"]}}]}]}
        """
        .formatted(contents);
  }
}
