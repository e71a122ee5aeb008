package io.numa.avatar.testkit.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks a model server as an agent does. */
final class ModelClient {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final ModelServer server;

  ModelClient(ModelServer server) {
    this.server = server;
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(request(method, path, body), BodyHandlers.ofString());
  }

  HttpRequest request(String method, String path, String body) {
    return HttpRequest.newBuilder(server.url().resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer placeholder")
        .method(method, BodyPublishers.ofString(body))
        .build();
  }

  HttpClient http() {
    return client;
  }

  JsonNode json(String path, String body) throws IOException, InterruptedException {
    return JSON.readTree(send("POST", path, body).body());
  }

  /** The data of the events of a stream, without OpenAI's {@code [DONE]}. */
  List<JsonNode> events(String path, String body) throws IOException, InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : send("POST", path, body).body().lines().toList()) {
      if (line.startsWith("data: {")) {
        events.add(JSON.readTree(line.substring("data: ".length())));
      }
    }
    return events;
  }

  /** The texts at this place in all events, joined. */
  static String joined(List<JsonNode> events, String pointer) {
    StringBuilder all = new StringBuilder();
    events.forEach(event -> all.append(event.at(pointer).asText()));
    return all.toString();
  }
}
