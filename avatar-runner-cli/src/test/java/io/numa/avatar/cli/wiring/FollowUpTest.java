package io.numa.avatar.cli.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import io.numa.avatar.worker.AvatarWorker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests a configured avatar from a task to the answer to a review, with a server that has the few
 * parts of Gitea's API that are needed: repoCreatePullRequest, repoGetPullRequest,
 * repoListPullReviews, issueGetComments, issueCreateComment and userGetCurrent.
 */
class FollowUpTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private GitServer git;
  private SeededRepository shop;
  private NumaBackend backend;
  private HttpServer gitea;
  private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(10);

  @BeforeEach
  void start() throws Exception {
    git = GitServer.start(folder.resolve("git"));
    shop = git.createRepository("team/shop");
    shop.seed("main", Map.of("README.md", "Shop\n"));
    git.requirePassword("bot", "tok-7f3a91");
    backend = NumaBackend.start();
    backend.addApplication(1, Map.of("name", "shop", "git_repo_url", git.httpUrl("team/shop")));
    gitea = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gitea.createContext("/", this::serve);
    gitea.start();
  }

  @AfterEach
  void stop() {
    gitea.stop(0);
    backend.close();
    git.close();
  }

  @Test
  void aReviewBecomesACommitAndAnAnswer() throws Exception {
    announce();
    var setup =
        new Setup(
            ConfigLoader.load(configuration(), Map.of(), Map.of(), Purpose.RUN).configuration(),
            RunListener.NONE,
            Delivery.PUSH,
            OptionalInt.of(2),
            Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString()));

    String answer;
    try (var avatar = Avatar.connected(setup);
        AvatarWorker worker = avatar.worker();
        var lookOut = avatar.lookOut()) {
      worker.start();
      lookOut.start();
      answer = answers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(worker.awaitStop(LIMIT)).isTrue();
    }

    CommitId head = shop.headOf("dev-1").orElseThrow();
    assertThat(answer).contains("dealt with in " + head, "numa-follow-up review-7 1 " + head);
    assertThat(shop.read("dev-1", "login.txt")).isEqualTo("closed\n");
    assertThat(shop.log("dev-1").get(0).message()).contains("Numa-Follow-Up: 1+1\n");
    assertThat(shop.log("dev-1")).hasSize(3);
    assertThat(answers).isEmpty();
    var statuses = backend.statusesWritten(1);
    assertThat(statuses.get(statuses.size() - 1).body().path("status").asText()).isEqualTo("done");
  }

  private void announce() {
    Map<String, Object> write = Map.of("path", "login.txt", "content", "open\n");
    backend.addTask(
        1,
        Map.of(
            "title",
            "Let people log in",
            "application_id",
            1,
            "test_command",
            "",
            "development_plan",
            Map.of("version", 1, "steps", List.of(Map.of("write", write)))));
    backend.announce(1);
  }

  private Path configuration() throws IOException {
    Path agent =
        Files.writeString(
            folder.resolve("agent.sh"), "echo closed > login.txt\necho 'I have closed it.'\n");
    return Files.writeString(
        folder.resolve("config.yaml"),
        """
        backend: {url: "%s", api_token: "a-token"}
        git:
          username: "Avatar"
          email: "avatar@example.com"
          change_request: ready
          follow_up: {reviews: true, from: [ada], interval: 1}
          credentials:
            - host: "127.0.0.1:*"
              service: gitea
              username: bot
              password: tok-7f3a91
              api_token: api-t0ken
              api_url: "http://127.0.0.1:%d/api/v1"
        avatar: {id: "avatar_001", name: "Avatar", workspace: work}
        polling: {interval: 1, wait: 1}
        sandbox: {profile: process, minimum: {agent: off}}
        agents:
          available:
            - {name: house, protocol: command, command: [sh, "%s", "{prompt_file}"]}
        """
            .formatted(backend.url(), gitea.getAddress().getPort(), agent));
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().replaceFirst("^/api/v1", "");
      String method = exchange.getRequestMethod();
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      boolean known =
          "token api-t0ken".equals(exchange.getRequestHeaders().getFirst("Authorization"));
      String answer = known ? answer(method + " " + path, body) : "{}";
      byte[] bytes = answer.getBytes(UTF_8);
      exchange.sendResponseHeaders(known ? (method.equals("POST") ? 201 : 200) : 401, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String answer(String call, String body) {
    return switch (call) {
      case "GET /user" -> "{\"login\": \"avatar\"}";
      case "POST /repos/team/shop/pulls", "GET /repos/team/shop/pulls/1" -> pull();
      case "GET /repos/team/shop/pulls/1/reviews" ->
          """
          [{"id": 7, "user": {"login": "ada"}, "state": "REQUEST_CHANGES",
            "body": "Close it, please.", "stale": false, "comments_count": 0}]
          """;
      case "POST /repos/team/shop/issues/1/comments" -> {
        answers.add(body);
        yield body;
      }
      default -> "[]";
    };
  }

  private String pull() {
    return """
        {"number": 1, "html_url": "%s/pulls/1", "state": "open", "merged": false,
         "title": "Let people log in", "body": "",
         "head": {"ref": "dev-1", "sha": "%s", "repo_id": 7},
         "base": {"ref": "main", "repo_id": 7}}
        """
        .formatted(
            git.httpUrl("team/shop").replaceFirst("\\.git$", ""),
            shop.headOf("dev-1").map(CommitId::value).orElse(""));
  }
}
