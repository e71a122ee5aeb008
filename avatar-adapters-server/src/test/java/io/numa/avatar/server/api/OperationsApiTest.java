package io.numa.avatar.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numa.avatar.operation.Controls;
import io.numa.avatar.operation.LogPart;
import io.numa.avatar.operation.OperationEvent;
import io.numa.avatar.operation.OperationEvents;
import io.numa.avatar.operation.Overview;
import io.numa.avatar.operation.Retry;
import io.numa.avatar.operation.TaskStory;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.journal.OutcomeWord;
import io.numa.avatar.port.journal.TaskLine;
import io.numa.avatar.port.journal.TaskPage;
import io.numa.avatar.port.journal.TaskQuery;
import io.numa.avatar.server.LocalServer;
import io.numa.avatar.server.ServedAvatar;
import io.numa.avatar.server.ServerSettings;
import io.numa.avatar.server.document.Examples;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.agent.SteeringMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

/** The operations API over HTTP. */
class OperationsApiTest {
  private static final String TOKEN = "s3cr3t-t0ken";
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final Overview overview = mock();
  private final Controls controls = mock();
  private final OperationEvents events = new OperationEvents();
  private LocalServer server;

  @BeforeEach
  void start() throws IOException {
    var settings =
        new ServerSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Secret(TOKEN),
            Set.of());
    var avatar = new ServedAvatar(overview, controls, events, () -> "");
    server = LocalServer.start(settings, avatar, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void givesTheDocuments() throws Exception {
    when(overview.status()).thenReturn(Examples.status());
    when(overview.task(new TaskId("a/7"))).thenReturn(Optional.of(Examples.story()));
    when(overview.change(new TaskId("a/7"))).thenReturn(Optional.of("diff --git"));

    assertThat(document("/api/v1/status").get("state").asText()).isEqualTo("paused");
    assertThat(document("/api/v1/why").at("/why/0/kind").asText()).isEqualTo("paused");
    assertThat(document("/api/v1/tasks/a%2F7").get("title").asText()).isEqualTo("Fix <it>");
    assertThat(document("/api/v1/tasks/a%2F7/change").get("diff").asText()).contains("diff");
  }

  @Test
  void listsTheTasksThatAreAskedFor() throws Exception {
    var asked =
        new TaskQuery(
            Optional.of("50% of_it"),
            Set.of(OutcomeWord.FAILED, OutcomeWord.UNAVAILABLE),
            Optional.of(NOW.minus(Duration.ofDays(7))),
            2,
            Optional.of("c/1"));
    when(overview.tasks(asked))
        .thenReturn(new TaskPage(List.of(Examples.line()), Optional.of("c/2")));

    JsonNode page =
        document(
            "/api/v1/tasks?text=50%25+of_it&outcome=failed,UNAVAILABLE&since=7d&limit=2&after=c%2F1");

    assertThat(page.at("/tasks/0/task").asText()).isEqualTo("a/7");
    assertThat(page.get("next").asText()).isEqualTo("c/2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tasks?outcome=lost",
        "tasks?since=yesterday",
        "tasks?since=999999d9",
        "tasks?limit=0",
        "tasks?limit=201",
        "tasks?limit=99999999999999999999",
        "tasks?after=forged",
        "tasks/7/log?offset=-1",
        "tasks/7/log?offset=0x10",
        "tasks/7/log?attempt=..%2F..%2Fetc%2Fpasswd",
        "tasks/7/log?most=2147483648",
        "tasks/%00/log",
        "tasks/%20",
        "tasks/%ff%fe/log?offset=a",
      })
  void saysWhatIsWrongWithARequest(String address) throws Exception {
    when(overview.tasks(any())).thenThrow(new IllegalArgumentException("not a cursor"));

    HttpResponse<String> answer = get("/api/v1/" + address);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("Exception", "passwd");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tasks/..%2F..%2Fetc%2Fpasswd/log",
        "/api/v1/tasks/../log",
        "/api/v1/tasks/%2e%2e/change",
        "/tasks/..%2F..%2Fstate%2Fserver.token/log.txt",
        "/api/v1/../../etc/passwd",
        "/api/v1/tasks/7/log/more",
        "/api/v1",
        "/api/v2/status",
        "/API/v1/status"
      })
  void knowsTasksAloneAndNoFiles(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(JSON.readTree(answer.body()).at("/error/kind").asText()).isEqualTo("not_found");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, status, 'GET, HEAD'",
    "DELETE, tasks/7, 'GET, HEAD'",
    "PUT, tasks/7/log, 'GET, HEAD'",
    "POST, events, 'GET, HEAD'",
    "GET, pause, POST",
    "HEAD, tasks/7/cancel, POST",
    "GET, tasks/7/retry, POST",
    "GET, tasks/7/messages, POST",
    "TRACE, drain, POST"
  })
  void refusesOtherMethods(String method, String address, String allowed) throws Exception {
    HttpResponse<String> answer = send(request("/api/v1/" + address, method).build());

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).contains(allowed);
    verifyNoInteractions(controls);
  }

  @Test
  void carriesOutOrders() throws Exception {
    when(controls.cancel(Examples.TASK)).thenReturn(true);
    when(controls.retry(Examples.TASK)).thenReturn(Retry.BEGUN);

    for (String order :
        List.of("pause", "resume", "drain", "tasks/a%2F7/cancel", "tasks/a%2F7/retry")) {
      HttpResponse<String> answer = send(request("/api/v1/" + order, "POST").build());
      assertThat(answer.statusCode()).as(order).isEqualTo(200);
      String word = order.substring(order.lastIndexOf('/') + 1);
      assertThat(answer.body()).isEqualTo("{\"done\":\"" + word + "\"}\n");
    }

    verify(controls).pause();
    verify(controls).resume();
    verify(controls).drain();
  }

  @Test
  void saysWhyAnOrderWasNotCarriedOut() throws Exception {
    when(overview.task(Examples.TASK)).thenReturn(Optional.of(Examples.story()));
    when(controls.retry(any())).thenReturn(Retry.refused("another avatar has it"));

    assertThat(send(request("/api/v1/tasks/a%2F7/cancel", "POST").build()).statusCode())
        .isEqualTo(409);
    HttpResponse<String> retry = send(request("/api/v1/tasks/a%2F7/retry", "POST").build());
    assertThat(retry.statusCode()).isEqualTo(409);
    assertThat(retry.body()).contains("another avatar has it");
    assertThat(send(request("/api/v1/tasks/8/cancel", "POST").build()).statusCode()).isEqualTo(404);
  }

  @Test
  void saysThatTheJournalCannotBeUsed() throws Exception {
    when(overview.status())
        .thenThrow(new PortException(FailureKind.UNAVAILABLE, "the disk is full"));

    HttpResponse<String> answer = get("/api/v1/status");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("the disk is full");
  }

  @Test
  void takesNoOrderFromAForeignPage() throws Exception {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(uri("/api/v1/pause"))
            .header("Cookie", cookie())
            .POST(BodyPublishers.noBody());

    HttpResponse<String> forged = send(post.copy().header("Origin", "http://evil").build());
    assertThat(forged.statusCode()).isEqualTo(403);
    verifyNoInteractions(controls);

    assertThat(send(post.copy().header("X-Numa-Avatar", "1").build()).statusCode()).isEqualTo(200);
    verify(controls).pause();
  }

  /** A page of another site whose name leads here has no token, but its browser may have one. */
  @Test
  void answersNothingToAForeignName() throws Exception {
    try (var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      String request =
          "GET /api/v1/status HTTP/1.1\r\nHost: rebound.example\r\nAuthorization: Bearer "
              + TOKEN
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 421").contains("wrong_host");
    }
    verifyNoInteractions(overview);
  }

  @Test
  void givesALogInParts() throws Exception {
    when(overview.log(Examples.TASK, Optional.of(Examples.ATTEMPT), 10, 100))
        .thenReturn(Optional.of(new LogPart(Examples.ATTEMPT, 10, 14, 14, true, "\u001b[1mé\n")));

    JsonNode part =
        document("/api/v1/tasks/a%2F7/log?offset=10&most=100&attempt=" + Examples.ATTEMPT);

    assertThat(part.get("next").asLong()).isEqualTo(14);
    assertThat(part.get("text").asText()).isEqualTo("\u001b[1mé\n");
  }

  @Test
  void givesALogOf200MegabytesAsAFileInPieces() throws Exception {
    long size = 200L << 20;
    String piece = "x".repeat(1 << 16);
    when(overview.log(eq(Examples.TASK), any(), anyLong(), anyInt()))
        .thenAnswer(
            call -> {
              long offset = call.getArgument(2);
              assertThat(call.<Integer>getArgument(3)).isLessThanOrEqualTo(1 << 20);
              long next = offset + piece.length();
              // It grows while it is read.
              return Optional.of(
                  new LogPart(Examples.ATTEMPT, offset, next, size + offset, true, piece));
            });

    HttpResponse<InputStream> answer =
        client.send(request("/tasks/a%2F7/log.txt", "GET").build(), BodyHandlers.ofInputStream());

    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"a%2F7.txt\"");
    try (InputStream body = answer.body()) {
      assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(size);
    }
  }

  @Test
  void breaksOffAFileOfALogThatFailsOrEndsBeforeItsSize() throws Exception {
    String piece = "x".repeat(1 << 16);
    Optional<LogPart> first =
        Optional.of(new LogPart(Examples.ATTEMPT, 0, 1 << 16, 1 << 20, true, piece));
    Optional<LogPart> nothing =
        Optional.of(new LogPart(Examples.ATTEMPT, 1 << 16, 1 << 16, 1 << 16, true, ""));
    when(overview.log(eq(Examples.TASK), any(), anyLong(), anyInt()))
        .thenReturn(first)
        .thenThrow(new PortException(FailureKind.UNAVAILABLE, "the disk is broken"))
        .thenReturn(first)
        .thenReturn(nothing)
        .thenReturn(first)
        .thenReturn(Optional.empty());

    for (String reason : List.of("failed", "shorter", "removed")) {
      assertThatThrownBy(() -> get("/tasks/a%2F7/log.txt"))
          .as(reason)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsWatchersOfEvents() throws Exception {
    HttpResponse<InputStream> answer = watch();
    try (var lines = lines(answer)) {
      assertThat(lines.readLine()).startsWith(":");

      events.publish(new OperationEvent.Entered(Examples.TASK, Stage.TEST, Examples.TIME));
      events.publish(new OperationEvent.Changed());

      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("id: 1");
      assertThat(lines.readLine())
          .isEqualTo(
              "data: {\"event\":\"entered\",\"task\":\"a/7\",\"stage\":\"test\",\"at\":\""
                  + Examples.TIME
                  + "\"}");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("id: 2");
    }
  }

  @Test
  void takesAsManyWatchersAsThereMayBe() throws Exception {
    var watchers = new ArrayList<HttpResponse<InputStream>>();
    try {
      for (int i = 0; i < OperationEvents.WATCHERS; i++) {
        watchers.add(watch());
        // The comment shows that the watcher has subscribed.
        assertThat(watchers.get(i).body().read()).isEqualTo(':');
      }
      assertThat(get("/api/v1/events").statusCode()).isEqualTo(503);

      when(overview.status()).thenReturn(Examples.status());
      assertThat(get("/api/v1/status").statusCode()).isEqualTo(200);
    } finally {
      for (HttpResponse<InputStream> watcher : watchers) {
        watcher.body().close();
      }
    }
  }

  @Test
  void aMessageReachesTheTasksAgent() throws Exception {
    when(controls.say(any(), any())).thenReturn(Optional.empty());

    HttpResponse<String> said =
        say("{\"text\":\"Take XML.\\n登录\",\"author\":\"alice\",\"more\":[1]}");
    say("{\"text\":\"Faster.\"}");

    assertThat(said.statusCode()).isEqualTo(200);
    assertThat(said.body()).isEqualTo("{\"done\":\"say\"}\n");
    var messages = ArgumentCaptor.forClass(SteeringMessage.class);
    verify(controls, times(2)).say(eq(Examples.TASK), messages.capture());
    assertThat(messages.getAllValues())
        .extracting(SteeringMessage::author, SteeringMessage::text)
        .containsExactly(tuple("alice", "Take XML.\n登录"), tuple("operator", "Faster."));
    assertThat(messages.getAllValues().stream().map(SteeringMessage::id)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"text\"",
        "{\"text\":7}",
        "{\"text\":\" \\n\"}",
        "{\"author\":\"alice\"}"
      })
  void aBodyWithoutAMessageIsRefused(String body) throws Exception {
    HttpResponse<String> answer = say(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("bad_request", "remedy");
    verifyNoInteractions(controls);
  }

  @Test
  void aMessageThatIsTooLongIsRefused() throws Exception {
    assertThat(say("{\"text\":\"" + "登".repeat(5_462) + "\"}").body())
        .contains("the message has 16386 bytes; it may have 16384");
    assertThat(say("{\"text\":\"" + "x".repeat(70_000) + "\"}").statusCode()).isEqualTo(400);
    verifyNoInteractions(controls);
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, no step of its plan is for a coding agent",
    "DONE, it is over",
    "FAILED, it is over",
    "WAITING, it has not begun"
  })
  void aTaskWithoutAnAgentTakesNoMessage(OutcomeWord outcome, String reason) throws Exception {
    TaskStory story = Examples.story();
    TaskLine line = story.line();
    when(overview.task(Examples.TASK))
        .thenReturn(
            Optional.of(
                new TaskStory(
                    new TaskLine(
                        line.task(),
                        line.title(),
                        line.branch(),
                        outcome,
                        line.startedAt(),
                        line.endedAt(),
                        1,
                        line.result()),
                    story.description(),
                    story.attempts(),
                    Optional.empty())));
    when(controls.say(any(), any()))
        .thenReturn(
            Optional.of(outcome == OutcomeWord.RUNNING ? reason : "no coding agent works on it"));

    HttpResponse<String> answer = say("{\"text\":\"Take XML.\"}");

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("task a/7 takes no message: " + reason);
  }

  @Test
  void anUnknownTaskTakesNoMessage() throws Exception {
    when(controls.say(any(), any())).thenReturn(Optional.of("no coding agent works on it"));

    assertThat(say("{\"text\":\"Take XML.\"}").statusCode()).isEqualTo(404);
  }

  @Test
  void theCookieAloneSaysNothing() throws Exception {
    var message =
        HttpRequest.newBuilder(uri("/api/v1/tasks/a%2F7/messages"))
            .header("Cookie", cookie())
            .POST(BodyPublishers.ofString("{\"text\":\"Take XML.\"}"));

    assertThat(send(message.build()).statusCode()).isEqualTo(403);
    verifyNoInteractions(controls);
  }

  private HttpResponse<String> say(String body) throws Exception {
    return send(
        HttpRequest.newBuilder(uri("/api/v1/tasks/a%2F7/messages"))
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  private HttpResponse<InputStream> watch() throws Exception {
    return client.send(request("/api/v1/events", "GET").build(), BodyHandlers.ofInputStream());
  }

  private static BufferedReader lines(HttpResponse<InputStream> answer) {
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private String cookie() throws Exception {
    String link = server.loginLink();
    var login = HttpRequest.newBuilder(uri(link.substring(link.indexOf("/login")))).build();
    return send(login).headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private JsonNode document(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path, "GET").build());
  }

  private HttpRequest.Builder request(String path, String method) {
    return HttpRequest.newBuilder(uri(path))
        .header("Authorization", "Bearer " + TOKEN)
        .method(method, BodyPublishers.noBody());
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.address().getPort() + path);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }
}
