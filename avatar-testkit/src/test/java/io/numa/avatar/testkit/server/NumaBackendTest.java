package io.numa.avatar.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.testkit.server.BackendEvent.LogWritten;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Behaviour that does not show through an adapter. The tests of the backend adapter cover the rest.
 */
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
  void isDocumentedWithoutAToken() throws Exception {
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
  void letsEveryAvatarReportWhenItIsPlain() throws Exception {
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
  void keepsATaskCancelledAfterAClaim() throws Exception {
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

  @Test
  void findsNothingWrongWithOneAttemptThatRepeatsItself() throws Exception {
    tell("x", 1, "in_progress", "");
    log(0, "one\n");
    log(0, "one\n");
    log(0, "one\ntwo\n");
    tell("x", 2, "done", "");
    tell("x", 2, "done", "");
    log(4, "two\n");

    assertThat(backend.violations()).isEmpty();
    assertThat(backend.log(1, "x")).isEqualTo("one\ntwo\n");
  }

  @Test
  void findsRepeatsAtAPlainBackendAsTheyCame() throws Exception {
    backend.plain();
    tell("x", 1, "in_progress", "");
    log(0, "one\n");
    log(0, "one\n");

    assertThat(backend.violations()).isEmpty();
    assertThat(backend.log(1)).isEqualTo("one\none\n");
    assertThat(backend.log(1, "x")).isEqualTo("one\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void noticesWhatBreaksTheOrder(boolean plain) throws Exception {
    if (plain) {
      backend.plain();
    }
    log(0, "one\n");
    tell("x", 2, "in_progress", "");
    tell("x", 1, "in_progress", "earlier");
    log(0, "eno\n");
    log(9, "two\n");
    tell("x", 3, "done", "");
    tell("x", 4, "failed", "");
    log(4, "aft\n");

    assertThat(backend.violations())
        .containsExactly(
            "task 1, attempt x: text at 0 before the first status",
            "task 1, attempt x: status 'in_progress', number 1 after 2",
            "task 1, attempt x: other text than before at 0",
            "task 1, attempt x: a gap in the log before 9",
            "task 1, attempt x: status 'failed' after the last one",
            // The plain backend has accepted the text after the gap, and gets different text for
            // that offset.
            plain
                ? "task 1, attempt x: other text than before at 4"
                : "task 1, attempt x: text at 4 after the last status");
  }

  @Test
  void noticesTheEndOfATaskThatHasEnded() throws Exception {
    tell("x", 1, "in_progress", "");
    tell("x", 2, "done", "");
    tell("y", 1, "in_progress", "");
    tell("y", 2, "done", "");

    assertThat(backend.violations())
        .containsExactly("task 1, attempt y: status 'done' after another attempt's last one");
  }

  @Test
  void noticesWritesWithoutTheLease() throws Exception {
    backend.withLease(Duration.ofSeconds(30));
    tell("x", 1, "in_progress", "");
    log(0, "one\n");
    backend.pass(Duration.ofSeconds(30));
    log(4, "two\n");

    assertThat(backend.violations())
        .containsExactly(
            "task 1, attempt x: text at 0 without the lease's epoch",
            "task 1, attempt x: text at 4 without the lease's epoch",
            "task 1, attempt x: text at 4 was taken, but the lease is lost");
  }

  @Test
  void takesARenewalWithoutTheLeaseForAClaim() throws Exception {
    backend.withLease(Duration.ofSeconds(30));
    tell("x", 1, "in_progress", "");
    backend.pass(Duration.ofSeconds(30));
    tell("x", "renewal:7", "in_progress", "back");
    assertThat(backend.violations()).isEmpty();

    tell("x", 2, "in_progress", "");

    assertThat(backend.violations())
        .containsExactly("task 1, attempt x: status 'in_progress' without the lease's epoch");
  }

  @Test
  void endsALeaseByItself() throws Exception {
    backend.withLease(Duration.ofMillis(1));

    assertThat(tell("x", 1, "in_progress", "").body()).contains("\"lease_seconds\":0.001");
    long claimed = System.nanoTime();
    while (System.nanoTime() - claimed < 1_000_000) {
      Thread.onSpinWait();
    }
    backend.withLease(Duration.ofMinutes(1)); // does not end within the request that claims it
    assertThat(tell("x", 2, "in_progress", "later").body()).contains("\"lease_epoch\":3");
  }

  @Test
  void keepsNoMoreThanADigestOfALog() throws Exception {
    backend.keepingDigests().addTask(2, Map.of("title", "Two"));
    String text = "x".repeat(300_000);
    for (int i = 0; i < 3; i++) {
      post(2, i * 300_000L, text);
      post(2, i * 300_000L + 200_000, text.substring(200_000));
    }

    assertThat(backend.logs(2))
        .containsExactly(new AttemptLog("x", 900_000, sha256("x".repeat(900_000))));
    assertThat(backend.log(2)).isEmpty();
    assertThat(backend.requests("/logs")).hasSize(6).allMatch(r -> r.body().isEmpty());
  }

  @Test
  void takesCompressedRequestsOnlyWhereItSaysSo() throws Exception {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write("{\"logs\":\"x\"}".getBytes(UTF_8));
    }
    HttpRequest request =
        HttpRequest.newBuilder(backend.url().resolve("/api/tasks/1/logs"))
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(zipped.toByteArray()))
            .build();

    HttpResponse<String> refusal = client.send(request, BodyHandlers.ofString());
    backend.takingGzip(true);
    HttpResponse<String> success = client.send(request, BodyHandlers.ofString());

    assertThat(refusal.statusCode()).isEqualTo(415);
    assertThat(refusal.headers().firstValue("accept-encoding")).isEmpty();
    assertThat(success.statusCode()).isEqualTo(200);
    assertThat(success.headers().firstValue("accept-encoding")).contains("gzip");
    assertThat(backend.log(1)).isEqualTo("x");
  }

  @Test
  void misbehavesTheSameForTheSameSeed() throws Exception {
    Map<Fault, Double> odds = Map.of(Fault.status(503), 0.3, Fault.status(429), 0.2);
    backend.misbehaveAtRandom(1, odds);
    List<Integer> first = answers();
    backend.behave().misbehaveAtRandom(1, odds);
    List<Integer> second = answers();
    backend.behave();

    assertThat(second).isEqualTo(first).contains(200, 429, 503);
    assertThat(first.stream().filter(status -> status == 503)).hasSizeBetween(15, 45);
    assertThat(answers()).containsOnly(200);
  }

  @Test
  void isGoneDuringAnOutageAndBackAtTheSamePlace() throws Exception {
    URI url = backend.url();
    log(0, "one\n");

    backend.outage();
    assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> log(4, "two\n"));
    backend.recover();
    log(4, "two\n");

    assertThat(backend.url()).isEqualTo(url);
    assertThat(backend.log(1)).isEqualTo("one\ntwo\n");
  }

  private List<Integer> answers() throws Exception {
    var statuses = new ArrayList<Integer>();
    for (int i = 0; i < 100; i++) {
      statuses.add(send("GET", "/api/tasks/1", "").statusCode());
    }
    return statuses;
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  private HttpResponse<String> tell(String attempt, int number, String word, String message)
      throws IOException, InterruptedException {
    return tell(attempt, "status:" + number, word, message);
  }

  private HttpResponse<String> tell(String attempt, String key, String word, String message)
      throws IOException, InterruptedException {
    String details =
        "{\"avatar_id\":\"a\",\"attempt\":\"" + attempt + "\",\"message\":\"" + message + "\"}";
    return client.send(
        HttpRequest.newBuilder(backend.url().resolve("/api/tasks/1/status"))
            .header("Idempotency-Key", attempt + ":" + key)
            .PUT(
                BodyPublishers.ofString(
                    "{\"status\":\"" + word + "\",\"details\":" + details + "}"))
            .build(),
        BodyHandlers.ofString());
  }

  private void post(int task, long offset, String text) throws IOException, InterruptedException {
    send(
        "POST",
        "/api/tasks/" + task + "/logs",
        "{\"attempt\":\"x\",\"offset\":" + offset + ",\"logs\":\"" + text + "\"}");
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
