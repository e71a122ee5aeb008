package io.numa.avatar.cli.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.cli.Main;
import io.numa.avatar.server.control.ControlClient;
import io.numa.avatar.server.control.ControlSocket;
import io.numa.avatar.testkit.server.BackendEvent.LogWritten;
import io.numa.avatar.testkit.server.GitServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An avatar that its operator watches and steers while it works. */
class OperatedAvatarIT {
  @TempDir Path folder;
  private GitServer git;
  private Work work;
  private AvatarHome home;

  @BeforeEach
  void begin() throws Exception {
    git = GitServer.start(folder.resolve("git"));
    work = Work.begin(git);
    home =
        AvatarHome.make(folder.resolve("home"), work.backend().url())
            .set("sandbox.profile", "process"); // its steps wait for a file outside of the tree
  }

  @AfterEach
  void end() {
    work.close();
    git.close();
  }

  @Test
  void showsWhatItDoesAndDoesWhatItIsTold() throws Exception {
    work.give("echo at work; while [ ! -e " + folder.resolve("go") + " ]; do sleep 0.1; done");
    int port = freePort();

    try (var avatar = home.start(Main.class, List.of("run", "--serve", "127.0.0.1:" + port))) {
      avatar.awaitOutput("The page for operators: http://127.0.0.1:" + port + "/login?code=");
      awaitLog();
      try (ControlClient operator = operator()) {
        operator.follow(
            request("log").put("task", "1").put("follow", true),
            part -> !part.get("text").asText().contains("| at work"));
      }
      try (ControlClient operator = operator()) {
        assertThat(operator.ask(request("status")).at("/running/0/stage").asText())
            .isEqualTo("develop");
        assertThatTheServerSaysTheSame(port);

        operator.ask(request("pause"));
        assertThat(operator.ask(request("why")).at("/why/0/kind").asText()).isEqualTo("paused");
        operator.ask(request("cancel").put("task", "1"));
        operator.ask(request("drain"));
      }
      assertThat(avatar.await()).as(avatar.console()).isZero();
    }

    assertThat(work.backend().statuses(1)).endsWith("cancelled");
    assertThat(ControlClient.connect(ControlSocket.of(home.stateDir()))).isEmpty();
  }

  private void assertThatTheServerSaysTheSame(int port) throws Exception {
    Path token = home.stateDir().resolve("server.token");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
        .isEqualTo("rw-------");
    URI status = URI.create("http://127.0.0.1:" + port + "/api/v1/status");
    assertThat(answer(HttpRequest.newBuilder(status)).statusCode()).isEqualTo(401);
    String bearer = "Bearer " + Files.readString(token).strip();
    assertThat(answer(HttpRequest.newBuilder(status).header("Authorization", bearer)).body())
        .contains("\"state\":\"running\"", "\"stage\":\"develop\"");
    URI page = URI.create("http://127.0.0.1:" + port + "/tasks/1");
    assertThat(answer(HttpRequest.newBuilder(page).header("Authorization", bearer)).body())
        .contains("<html lang=\"en\">", "| at work", "/api/v1/tasks/1/cancel");
    URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    assertThat(answer(HttpRequest.newBuilder(metrics).header("Authorization", bearer)).body())
        .containsPattern(counted("polls_total{result=\"messages\"}"))
        .containsPattern(counted("task_queue_seconds_count"))
        .containsPattern(counted("api_requests_total{code=\"200\",route=\"task\"}"))
        .containsPattern(counted("api_request_seconds_count{route=\"log\"}"))
        .containsPattern(counted("log_bytes_total{state=\"delivered\"}"))
        .containsPattern(counted("git_operation_seconds_count{op=\"checkout\"}"))
        .containsPattern(counted("git_bytes_total{direction=\"received\"}"))
        .containsPattern(counted("disk_used_bytes{what=\"journal\"}"))
        .contains("numa_avatar_breaker_open{group=\"logs\"} 0.0");
  }

  /** A metric that is not zero. */
  private static String counted(String series) {
    return "(?m)^" + Pattern.quote("numa_avatar_" + series) + " (?!0(\\.0)?$)";
  }

  private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private ControlClient operator() throws IOException {
    return ControlClient.connect(ControlSocket.of(home.stateDir())).orElseThrow();
  }

  private void awaitLog() throws Exception {
    work.backend()
        .awaitEvent(
            1,
            "to be at work",
            event -> event instanceof LogWritten log && log.text().contains("| at work"),
            Duration.ofMinutes(5));
  }

  private static ObjectNode request(String word) {
    return JsonNodeFactory.instance.objectNode().put("do", word);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
