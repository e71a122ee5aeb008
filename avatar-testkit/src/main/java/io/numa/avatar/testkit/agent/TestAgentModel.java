package io.numa.avatar.testkit.agent;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Asks a model in OpenAI's manner, as the environment says. */
final class TestAgentModel {
  static final int OK = 200;

  private TestAgentModel() {}

  /** The model's text, or what its host said. */
  record Reply(int status, String text) {}

  static Reply ask(String text) throws IOException {
    var connection =
        (HttpURLConnection)
            URI.create(variable("OPENAI_BASE_URL") + "/chat/completions").toURL().openConnection();
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty("Authorization", "Bearer " + variable("OPENAI_API_KEY"));
    connection.getOutputStream().write(body(text).getBytes(StandardCharsets.UTF_8));
    int status = connection.getResponseCode();
    try (InputStream answer =
        status == OK ? connection.getInputStream() : connection.getErrorStream()) {
      return new Reply(status, content(status, answer));
    }
  }

  private static String body(String text) {
    return Json.write(
        Json.map(
            "model",
            variable("OPENAI_MODEL"),
            "messages",
            List.of(Json.map("role", "user", "content", text))));
  }

  private static String content(int status, InputStream answer) throws IOException {
    String body = answer == null ? "" : new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    return status == OK
        ? String.valueOf(Json.at(Json.parse(body), "choices", 0, "message", "content"))
        : status + " " + body;
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), name);
  }
}
