package io.numa.avatar.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.SeededRepository.LogEntry;
import io.numa.avatar.testkit.server.BackendEvent;
import io.numa.avatar.testkit.server.BackendEvent.LogWritten;
import io.numa.avatar.testkit.server.BackendEvent.StatusWritten;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole flow through the packaged jar, with a backend over HTTP and a real Git server. */
class PackagedAvatarIT {
  private static final String BRANCH = "dev/zähle-你好";
  private static final String TITLE = "Zähle alles, 你好";

  private final String token = "token-" + UUID.randomUUID();
  private final String password = "password-" + UUID.randomUUID();

  @TempDir Path folder;
  private GitServer git;
  private SeededRepository repository;
  private NumaBackend backend;

  @BeforeEach
  void startServers() throws IOException {
    git = GitServer.start(Files.createDirectory(folder.resolve("git")));
    git.requirePassword("bot", password);
    repository = git.createRepository("shop");
    repository.seed("main", Map.of("README.md", "Shop\n", "test.sh", "grep -q grüße docs/*.md\n"));
    backend = NumaBackend.start().withToken(token);
  }

  @AfterEach
  void stopServers() {
    backend.close();
    git.close();
  }

  @Test
  void carriesOutTheGoodTaskAndFailsTheOthers() throws Exception {
    backend
        .addApplication(1, Map.of("name", "shop", "git_repo_url", git.httpUrl("shop")))
        .addTask(1, task(1, BRANCH, goodPlan("sh test.sh")))
        .addTask(2, task(1, "dev-red", goodPlan("echo no good; exit 3")))
        .addTask(3, task(404, "dev-lost", goodPlan("")));
    announceAll();

    String console = runToTheEnd(3);

    assertDelivered();
    assertThat(backend.statuses(2)).startsWith("in_progress").endsWith("failed");
    assertThat(last(2).details().at("/failure/kind").asText()).isEqualTo("tests_failed");
    assertThat(last(2).details().at("/failure/exit_code").asInt()).isEqualTo(3);
    assertThat(backend.statuses(3)).startsWith("in_progress").endsWith("failed");
    assertThat(last(3).details().at("/failure/kind").asText()).isEqualTo("not_found");
    assertThat(repository.branches()).containsExactlyInAnyOrder("main", BRANCH);
    for (int task = 1; task <= 3; task++) {
      assertThatEventsKeepTheirOrder(task);
    }
    assertThat(console).contains("sandbox of run, test");
    assertThatTheFirstRequestWaitedForNothing();
    assertThatNothingGivesAwayASecret(console);
  }

  @Test
  void worksOverSshAndWithAPlainBackend() throws Exception {
    Path key = folder.resolve("id");
    git.authorizeNewKey(key);
    Files.writeString(folder.resolve("known_hosts"), git.knownHostsLine() + "\n");
    backend
        .plain()
        .addApplication(1, Map.of("name", "shop", "git_repo_url", git.sshUrl("shop")))
        .addTask(1, task(1, BRANCH, goodPlan("sh test.sh")));
    backend.putRawMessage("\"not an object\"").putRawMessage("{\"id\": 7, \"data\": {}}");
    backend.announce(1);
    backend.announce(1);

    runToTheEnd(1);

    assertDelivered();
    assertThat(backend.requests("/messages")).isNotEmpty();
  }

  @Test
  void firstSigtermLetsTheRunningTaskEnd() throws Exception {
    backend
        .addApplication(1, Map.of("name", "shop", "git_repo_url", git.httpUrl("shop")))
        .addTask(1, task(1, BRANCH, goodPlan("while [ ! -f go ]; do sleep 0.1; done")));
    backend.addTask(2, task(1, "dev-later", goodPlan("")));
    writeConfiguration();

    try (var avatar = AvatarProcess.start(folder, environment(), "run")) {
      backend.announce(1);
      awaitStage("test");
      avatar.terminate();
      backend.announce(2);
      Files.createFile(workingTree().resolve("go"));

      assertThat(avatar.await()).isEqualTo(143);
    }

    assertThat(backend.statuses(1)).endsWith("done");
    assertThat(backend.statuses(2)).isEmpty();
  }

  @Test
  void secondSigtermKeepsTheRunningTaskForTheNextStart() throws Exception {
    backend
        .addApplication(1, Map.of("name", "shop", "git_repo_url", git.httpUrl("shop")))
        .addTask(1, task(1, BRANCH, goodPlan("sleep 600")));
    writeConfiguration();

    try (var avatar = AvatarProcess.start(folder, environment(), "run")) {
      backend.announce(1);
      awaitStage("test");
      avatar.terminate();
      avatar.awaitOutput("once more interrupts");
      avatar.terminate();

      assertThat(avatar.await()).isEqualTo(143);
    }

    assertThat(backend.statuses(1)).containsOnly("in_progress");
    assertThat(repository.branches()).containsExactly("main");
  }

  @Test
  void endsWithThreeWhenTheBackendRefusesTheToken() throws Exception {
    backend.withToken("another");
    writeConfiguration();

    try (var avatar = AvatarProcess.start(folder, environment(), "run")) {
      assertThat(avatar.await()).isEqualTo(3);
      assertThat(avatar.console()).contains("refuse").doesNotContain(token);
    }
  }

  /**
   * By default the JDK does not send the login; it reads the setting once, before its first
   * connection.
   */
  @Test
  void showsAProxyItsLoginOnTheWayToASecureHost() throws Exception {
    List<String> shown = new CopyOnWriteArrayList<>();
    try (var listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      var proxy = new Thread(() -> refuse(listening, shown), "proxy");
      proxy.setDaemon(true);
      proxy.start();
      Files.writeString(
          folder.resolve("config.yaml"),
          """
          backend: {url: "%s", api_token: "${NUMA_TOKEN}"}
          git:
            username: "Ävatar"
            email: "avatar@example.com"
            allowed_networks: [127.0.0.1]
            proxy: "http://127.0.0.1:%d"
            proxy_username: ada
            proxy_password: "${PROXY_PASSWORD}"
          avatar: {id: "avatar_001", name: "Developer Avatar"}
          """
              .formatted(backend.url(), listening.getLocalPort()));
      var environment = Map.of("NUMA_TOKEN", token, "PROXY_PASSWORD", password);
      String url = "https://git.invalid/app.git";

      try (var avatar = AvatarProcess.start(folder, environment, "doctor", "--repo", url)) {
        assertThat(avatar.await()).as(avatar.console()).isNotZero();
        assertThat(avatar.console()).contains("git.invalid").doesNotContain(password);
      }
    }
    String login = Base64.getEncoder().encodeToString(("ada:" + password).getBytes(UTF_8));
    assertThat(shown)
        .contains("CONNECT git.invalid:443 HTTP/1.1", "Proxy-authorization: Basic " + login);
  }

  /** Acts as a proxy that requires a login, and then cannot reach the requested host. */
  private static void refuse(ServerSocket listening, List<String> shown) {
    while (!listening.isClosed()) {
      try (Socket client = listening.accept();
          var lines = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
        List<String> head = lines.lines().takeWhile(line -> !line.isEmpty()).toList();
        shown.addAll(head);
        boolean known = head.toString().contains("Proxy-authorization");
        String status = known ? "502 No way" : "407 Who are you?";
        String answer =
            "HTTP/1.1 "
                + status
                + "\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                + "Content-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(answer.getBytes(UTF_8));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  /** What takes long to find out or to load follows the first request. */
  private void assertThatTheFirstRequestWaitedForNothing() throws IOException {
    String request = "okhttp3.internal.connection.RealCall";
    List<String> classes =
        Files.readAllLines(folder.resolve("classes.log")).stream()
            .map(line -> line.replaceFirst(" .*", ""))
            .toList();
    assertThat(classes).contains(request);
    assertThat(classes.subList(0, classes.indexOf(request)))
        .doesNotContain(
            "io.numa.avatar.process.Hiding",
            "io.numa.avatar.process.sandbox.Prober",
            "io.numa.avatar.egress.registry.discovery.Discovery",
            "sun.security.ssl.SSLContextImpl");
    // Nor are there traces that the configuration does not ask for.
    assertThat(classes).noneMatch(name -> name.startsWith("io.opentelemetry."));
  }

  private String runToTheEnd(int tasks) throws Exception {
    writeConfiguration();
    try (var avatar =
        AvatarProcess.start(folder, environment(), "run", "--max-tasks", String.valueOf(tasks))) {
      int exitCode = avatar.await();
      assertThat(exitCode).as(avatar.console()).isZero();
      return avatar.console();
    }
  }

  private void writeConfiguration() throws IOException {
    Files.writeString(folder.resolve("git-password"), password + "\n");
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        backend:
          url: "%s"
          api_token: "${NUMA_TOKEN}"
        git:
          username: "Ävatar"
          email: "avatar@example.com"
          credentials:
            - {host: "127.0.0.1:*", username: bot, password_file: git-password}
            - {host: 127.0.0.1, ssh_key: id, known_hosts: known_hosts}
        avatar:
          id: "avatar_001"
          name: "Developer Avatar"
        polling:
          interval: 1
        """
            .formatted(backend.url()));
  }

  private Map<String, String> environment() {
    return Map.of(
        "NUMA_TOKEN",
        token,
        "JDK_JAVA_OPTIONS",
        "-Xlog:class+load:file=" + folder.resolve("classes.log") + ":none");
  }

  private static Map<String, Object> task(int application, String branch, Map<String, ?> plan) {
    return Map.of(
        "title", TITLE,
        "application_id", application,
        "code_branch", branch,
        "development_plan", plan);
  }

  /** A plan that also tries to print values that commands must not see. */
  private Map<String, Object> goodPlan(String test) {
    return Map.of(
        "version",
        1,
        "steps",
        List.of(
            Map.of("write", Map.of("path", "docs/überblick.md", "content", "grüße, 你好\n")),
            Map.of("run", Map.of("command", "echo grüße; env; cat .git/config; echo " + password))),
        "test",
        Map.of("command", test));
  }

  private void announceAll() {
    for (int task = 1; task <= 3; task++) {
      backend.announce(task);
    }
  }

  /**
   * Waits until the backend knows the stage. The avatar announces it before the command runs, and
   * the command waits for this test.
   */
  private void awaitStage(String stage) throws Exception {
    backend.awaitEvent(
        1,
        "at stage " + stage,
        event ->
            event instanceof StatusWritten status
                && status.details().path("stage").asText().equals(stage),
        Duration.ofSeconds(60));
  }

  private Path workingTree() throws IOException {
    try (Stream<Path> repositories = Files.list(folder.resolve("workspace/trees"))) {
      return repositories.findFirst().orElseThrow().resolve("0/tree");
    }
  }

  private StatusWritten last(int task) {
    List<StatusWritten> all = backend.statusesWritten(task);
    return all.get(all.size() - 1);
  }

  private void assertDelivered() {
    assertThat(backend.statuses(1)).endsWith("done");
    assertThat(backend.log(1)).contains(TITLE, "grüße");
    assertThat(repository.read(BRANCH, "docs/überblick.md")).isEqualTo("grüße, 你好\n");
    LogEntry commit = repository.log(BRANCH).get(0);
    assertThat(commit.author()).isEqualTo("Ävatar");
    assertThat(commit.email()).isEqualTo("avatar@example.com");
    assertThat(commit.message())
        .isEqualTo(
            """
            feat: %s

            Numa-Task: 1
            Numa-Avatar: avatar_001
            Numa-Attempt: %s
            """
                .formatted(TITLE, last(1).details().path("attempt").asText()));
    assertThat(last(1).details().path("commit").asText()).isEqualTo(commit.id().value());
  }

  private void assertThatEventsKeepTheirOrder(int task) {
    List<BackendEvent> events = backend.events(task);
    assertThat(((StatusWritten) events.get(0)).word()).isEqualTo("in_progress");
    assertThat(events.get(events.size() - 1)).isEqualTo(last(task));
    assertThat(backend.statuses(task).stream().filter(word -> !word.equals("in_progress")))
        .as("terminal statuses")
        .hasSize(1);
    long expected = 0;
    for (BackendEvent event : events) {
      if (event instanceof LogWritten log) {
        assertThat(log.offset()).isEqualTo(expected);
        expected += log.text().getBytes(UTF_8).length;
      }
    }
    assertThat(expected).isPositive();
  }

  private void assertThatNothingGivesAwayASecret(String console) throws IOException {
    for (String secret : List.of(token, password)) {
      assertThat(console).doesNotContain(secret);
      for (int task = 1; task <= 3; task++) {
        assertThat(backend.events(task).toString()).doesNotContain(secret);
      }
      for (String made : List.of("logs", "workspace", "git", "home")) {
        try (Stream<Path> files = Files.walk(folder.resolve(made))) {
          for (Path file : files.filter(Files::isRegularFile).toList()) {
            assertThat(Files.readString(file, ISO_8859_1))
                .as(file.toString())
                .doesNotContain(secret);
          }
        }
      }
    }
    assertThat(backend.log(1)).contains("echo ***");
  }
}
