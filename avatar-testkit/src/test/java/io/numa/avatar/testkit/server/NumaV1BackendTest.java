package io.numa.avatar.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The manners of the backend that an adapter does not provoke. */
final class NumaV1BackendTest {
  private static final String TASK = "/api/v1/development/1";
  private static final JsonMapper JSON = new JsonMapper();

  private final NumaV1Backend backend =
      NumaV1Backend.start()
          .addApplication(7, Map.of("name", "shop", "repository_url", "https://h/shop.git"))
          .addTask(1, Map.of("title", "One", "application_id", 7))
          .addTask(2, Map.of("title", "Two", "requirement", Map.of("id", 3, "title", "Log in")));

  private final HttpClient client = HttpClient.newHttpClient();

  NumaV1BackendTest() throws IOException {}

  @AfterEach
  void close() {
    backend.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/topics", "/api/topics/tasks", "/api/tasks/1", "/api/v1/tasks/"})
  void hasNoneOfTheOtherEndpoints(String path) throws Exception {
    HttpResponse<String> answer = send("GET", path, "");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"Not Found\"}");
  }

  @Test
  void redirectsWithoutTheSlash() throws Exception {
    HttpResponse<String> answer = send("GET", "/api/v1/development?limit=1", "");

    assertThat(answer.statusCode()).isEqualTo(307);
    assertThat(answer.headers().firstValue("Location"))
        .contains(backend.url() + "/api/v1/development/?limit=1");
    assertThat(send("GET", TASK + "/", "").headers().firstValue("Location"))
        .contains(backend.url() + TASK);
  }

  @ParameterizedTest
  @CsvSource({
    "five, 422, Input should be a valid integer",
    "9, 404, Development task with id 9 not found",
    "12345678901234567890, 500, Internal Server Error"
  })
  void refusesAnId(String id, int status, String words) throws Exception {
    HttpResponse<String> answer = send("GET", "/api/v1/development/" + id, "");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  @Test
  void listsABareArrayInPages() throws Exception {
    assertThat(json(send("GET", "/api/v1/development/?skip=1&limit=5", "")).findValuesAsText("id"))
        .contains("2")
        .doesNotContain("1");
    assertThat(json(send("GET", "/api/v1/development/?skip=2", ""))).isEmpty();
  }

  @Test
  void embedsWhatATaskBelongsTo() throws Exception {
    JsonNode task = json(send("GET", TASK, ""));

    assertThat(task.at("/application/repository_url").asText()).isEqualTo("https://h/shop.git");
    assertThat(json(send("GET", "/api/v1/development/2", "")).at("/requirement/title").asText())
        .isEqualTo("Log in");
  }

  @Test
  void wantsTitleAndDescriptionWithEveryStatus() throws Exception {
    assertThat(send("PUT", TASK, "{\"status\":\"done\"}").statusCode()).isEqualTo(422);
    assertThat(backend.task(1).path("status").asText()).isEqualTo("todo");
  }

  @Test
  void storesAnyWordDropsTheRestAndAnswersWithoutRelations() throws Exception {
    JsonNode answer =
        json(
            send(
                "PUT",
                TASK,
                "{\"title\":\"A\",\"description\":\"B\",\"status\":\"odd word\",\"details\":{}}"));

    assertThat(answer.path("status").asText()).isEqualTo("odd word");
    assertThat(answer.has("details")).isFalse();
    assertThat(answer.path("application").isNull()).isTrue();
    assertThat(backend.task(1).path("title").asText()).isEqualTo("A");
  }

  @Test
  void movesAChangedTaskToTheEndOfTheList() throws Exception {
    send("PUT", TASK, "{\"title\":\"A\",\"description\":\"B\",\"status\":\"done\"}");

    JsonNode list = json(send("GET", "/api/v1/development/", ""));
    assertThat(list.path(0).path("id").asInt()).isEqualTo(2);
    assertThat(list.path(1).path("id").asInt()).isEqualTo(1);
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(backend.url().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
