package io.numa.avatar.testkit.model;

import static io.numa.avatar.testkit.model.ModelAction.say;
import static io.numa.avatar.testkit.model.ModelAction.shell;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MessagesDialectTest {
  private static final String PATH = "/v1/messages?beta=true";
  private static final String ASKED =
      """
      {"role": "user", "content": [
        {"type": "text", "text": "<system-reminder>Today is Monday.</system-reminder>"},
        {"type": "text", "text": "Fix it"}]}
      """;
  private static final String RESULT =
      """
      , {"role": "assistant", "content": [{"type": "tool_use", "id": "t", "name": "Bash"}]}
      , {"role": "user", "content": [
          {"type": "tool_result", "tool_use_id": "t", "content": "ok"},
          {"type": "text", "text": "<system-reminder>Use no emojis.</system-reminder>"}]}
      """;

  private final ModelServer model =
      ModelServer.start().withUsage(ModelUsage.of(100, 7).withCached(20).withCacheWrites(30));
  private final ModelClient client = new ModelClient(model);

  MessagesDialectTest() throws IOException {}

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void usesAToolThenSpeaks() throws Exception {
    model.play(ModelScript.first(say("I run it. "), shell("make test"), say("It passed.")));

    List<JsonNode> using = client.events(PATH, request(true, ASKED));
    List<JsonNode> speaking = client.events(PATH, request(true, ASKED + RESULT));

    assertThat(ModelClient.joined(using, "/delta/text")).isEqualTo("I run it. ");
    assertThat(ModelClient.joined(using, "/content_block/name")).isEqualTo("Bash");
    assertThat(ModelClient.joined(using, "/delta/partial_json"))
        .isEqualTo("{\"command\":\"make test\",\"description\":\"as the task says\"}");
    assertThat(ModelClient.joined(using, "/delta/stop_reason")).isEqualTo("tool_use");
    assertThat(ModelClient.joined(speaking, "/delta/text")).isEqualTo("It passed.");
    assertThat(ModelClient.joined(speaking, "/delta/stop_reason")).isEqualTo("end_turn");
  }

  @Test
  void statesTheCachedTokensBesideTheInput() throws Exception {
    JsonNode whole = client.json(PATH, request(false, ASKED));
    List<JsonNode> events = client.events(PATH, request(true, ASKED));

    String usage =
        "{\"input_tokens\":50,\"cache_read_input_tokens\":20,"
            + "\"cache_creation_input_tokens\":30,\"output_tokens\":%s}";
    assertThat(whole.path("usage").toString()).isEqualTo(usage.formatted(7));
    assertThat(events.get(0).at("/message/usage").toString()).isEqualTo(usage.formatted(1));
    assertThat(events.get(events.size() - 2).path("usage").toString())
        .isEqualTo(usage.formatted(7));
  }

  @Test
  void namesTheEventsByTheirTypes() throws Exception {
    assertThat(client.send("POST", PATH, request(true, ASKED)).body().lines())
        .contains("event: message_start", "event: content_block_delta", "event: message_stop");
  }

  @Test
  void greetsAndCountsTokens() throws Exception {
    assertThat(client.send("HEAD", "/", "").statusCode()).isEqualTo(200);
    assertThat(client.json("/v1/messages/count_tokens", request(false, ASKED)).toString())
        .contains("\"input_tokens\":100");
  }

  @Test
  void namesErrorsAsAnthropicDoes() throws Exception {
    model.play(ModelScript.first(ModelAction.fail(429)));

    assertThat(client.json(PATH, request(true, ASKED)).toString())
        .isEqualTo(
            "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\","
                + "\"message\":\"the script says so\"}}");
  }

  private static String request(boolean stream, String messages) {
    return """
        {"model": "m", "stream": %s, "messages": [%s], "tools": [
          {"name": "Bash", "input_schema": {"properties": {"command": {"type": "string"},
            "description": {"type": "string"}}, "required": ["command", "description"]}}]}
        """
        .formatted(stream, messages);
  }
}
