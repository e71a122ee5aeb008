package io.numa.avatar.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.testkit.server.BackendEvent.LogWritten;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What does not show through an adapter; the rest is in the tests of the backend adapter. */
final class NumaBackendTest {
  private final NumaBackend backend = NumaBackend.start().addTask(1, Map.of("title", "One"));
  private final HttpClient client = HttpClient.newHttpClient();

  NumaBackendTest() throws IOException {}

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void givesATaskAsItWasPutIn() throws Exception {
    assertThat(send("GET", "/api/tasks/1", "").body())
        .isEqualTo("{\"status\":\"todo\",\"id\":1,\"title\":\"One\"}");
  }

  @Test
  void findsTopicsBothWays() throws Exception {
    backend.addTopic("reviews");

    assertThat(send("GET", "/api/topics/tasks", "").body())
        .isEqualTo("{\"id\":1,\"name\":\"tasks\"}");
    assertThat(send("GET", "/api/topics", "").body()).contains("\"reviews\"", "\"tasks\"");
  }

  @Test
  void isDocumentedToAnybody() throws Exception {
    backend.withToken("secret");

    assertThat(send("GET", "/docs", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/api/tasks/1", "").statusCode()).isEqualTo(401);
  }

  @Test
  void keepsTheSecondOfTwoAvatarsOut() throws Exception {
    assertThat(claim("a").statusCode()).isEqualTo(200);
    assertThat(claim("b").statusCode()).isEqualTo(409);
    assertThat(backend.statuses(1)).containsExactly("in_progress");
  }

  @Test
  void letsAnybodyInWhenItIsPlain() throws Exception {
    backend.plain();

    assertThat(claim("a").statusCode()).isEqualTo(200);
    assertThat(claim("b").statusCode()).isEqualTo(200);
    assertThat(backend.statuses(1)).containsExactly("in_progress", "in_progress");
  }

  @Test
  void showsEverythingAtOnceWhenItIsPlain() throws Exception {
    backend.plain().announce(1);
    backend.putRawMessage("null");

    assertThat(send("GET", "/api/topics/1/messages?after=1&limit=1&wait=50", "").body())
        .contains("\"task_id\":1", "null");
  }

  @Test
  void refusesALogWithAGap() throws Exception {
    assertThat(log(0, "ü").statusCode()).isEqualTo(200);
    assertThat(log(3, "x").statusCode()).isEqualTo(400);
    assertThat(backend.log(1)).isEqualTo("ü");
  }

  @Test
  void takesOnlyWhatIsNewOfALog() throws Exception {
    log(0, "one\n");
    log(0, "one\ntwo\n");

    assertThat(backend.events(1))
        .containsExactly(new LogWritten("one\n", 0), new LogWritten("two\n", 0));
  }

  @Test
  void keepsATaskCancelledWhoeverGoesOn() throws Exception {
    backend.cancel(1);
    claim("a");

    assertThat(send("GET", "/api/tasks/1", "").body()).contains("\"status\":\"cancelled\"");
  }

  @Test
  void waitsForAStatusNoLongerThanItMay() throws Exception {
    claim("a");
    backend.awaitStatus(1, "in_progress", Duration.ofSeconds(5));

    assertThatExceptionOfType(TimeoutException.class)
        .isThrownBy(() -> backend.awaitStatus(1, "done", Duration.ofMillis(10)))
        .withMessage("waited PT0.01S in vain for task 1 to be done");
  }

  private HttpResponse<String> claim(String avatar) throws IOException, InterruptedException {
    return send(
        "PUT",
        "/api/tasks/1/status",
        "{\"status\":\"in_progress\",\"details\":{\"avatar_id\":\"" + avatar + "\"}}");
  }

  private HttpResponse<String> log(int offset, String text)
      throws IOException, InterruptedException {
    String logs = text.replace("\n", "\\n");
    return send(
        "POST",
        "/api/tasks/1/logs",
        "{\"attempt\":\"x\",\"offset\":" + offset + ",\"logs\":\"" + logs + "\"}");
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(backend.url().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
