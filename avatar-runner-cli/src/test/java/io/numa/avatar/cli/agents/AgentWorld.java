package io.numa.avatar.cli.agents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.AvatarProcess;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.model.ModelServer;
import io.numa.avatar.testkit.server.GitServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A repository whose program adds wrongly, a model with a key, and an avatar with a coding agent.
 */
final class AgentWorld implements AutoCloseable {
  static final String BRANCH = "numa/add";
  static final String TITLE = "add.sh must add";
  static final String DESCRIPTION = "`sh add.sh 2 3` prints -1. It should print the sum.";

  /** The line of {@code add.sh} as it is, as the agent has it first, and as it should be. */
  static final String WRONG = "echo $(($1 - $2))";

  static final String STILL_WRONG = "echo $(($1 * $2))";
  static final String RIGHT = "echo $(($1 + $2))";

  private final String key = "key-" + UUID.randomUUID();
  private final String password = "password-" + UUID.randomUUID();
  private final String token = "token-" + UUID.randomUUID();
  private final RealAgent agent;
  private final Path programs;
  private final Path folder;
  private final GitServer git;
  private final SeededRepository repository;
  private final ModelServer model;

  AgentWorld(RealAgent agent, Path folder) throws IOException {
    this.agent = agent;
    this.programs = agent.install();
    this.folder = folder;
    this.git = GitServer.start(Files.createDirectory(folder.resolve("git")));
    this.model = ModelServer.start().withKey(key);
    git.requirePassword("bot", password);
    repository = git.createRepository("sums");
    repository.seed(
        "main",
        Map.of(
            "add.sh",
            "# Prints the sum.\n" + WRONG + "\n",
            ".numa.yaml",
            "test: {command: sh test.sh}\n",
            "test.sh",
            "sum=$(sh add.sh 2 3)\n[ \"$sum\" = 5 ] || { echo \"2 and 3 make $sum\"; exit 1; }\n"));
  }

  ModelServer model() {
    return model;
  }

  SeededRepository repository() {
    return repository;
  }

  /** The backend's token. */
  String token() {
    return token;
  }

  Map<String, Object> application() {
    String url = git.httpUrl("sums");
    return Map.of("name", "sums", "git_repo_url", url, "repository_url", url);
  }

  /** Runs the avatar until it has ended so many tasks, and returns what it printed. */
  String carryOut(URI backend, int tasks) throws IOException, InterruptedException {
    try (AvatarProcess avatar = start(backend, "run", "--max-tasks", String.valueOf(tasks))) {
      int code = avatar.await();
      assertThat(code).as(avatar.console()).isZero();
      return avatar.console();
    }
  }

  AvatarProcess start(URI backend, String... arguments) throws IOException {
    Files.writeString(folder.resolve("git-password"), password + "\n");
    Files.writeString(folder.resolve("model-key"), key + "\n");
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        backend: {url: "%s", api_token: "${NUMA_TOKEN}"}
        git:
          username: Avatar
          email: avatar@example.com
          credentials: [{host: "127.0.0.1:*", username: bot, password_file: git-password}]
        avatar: {id: avatar_001, name: Avatar}
        polling: {interval: 1}
        cancellation: {interval: 200ms}
        agents:
          prices: {%s: {input: 1.0, output: 5.0}}
          available:
            - name: helper
              preset: %s
              model: %s
              api: {base_url: "%s", key_file: model-key}
        """
            .formatted(
                backend,
                ModelServer.MODEL,
                agent.preset(),
                ModelServer.MODEL,
                agent.baseUrl(model.url())));
    return AvatarProcess.start(folder, environment(), arguments);
  }

  private Map<String, String> environment() {
    return Map.of(
        "NUMA_TOKEN", token, "PATH", programs + File.pathSeparator + System.getenv("PATH"));
  }

  /** Fails if a secret is in what was printed or sent, or in any file but those that hold it. */
  void assertThatNothingGivesAwayASecret(Stream<String> shown) throws IOException {
    List<String> secrets = List.of(key, password, token);
    shown.forEach(text -> assertThat(text).doesNotContain(secrets));
    assertThat(model.requests()).allSatisfy(it -> assertThat(it.body()).doesNotContain(secrets));
    for (String made : List.of("logs", "workspace", "state", "git", "home")) {
      try (Stream<Path> files = Files.walk(folder.resolve(made))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(Files.readString(file, ISO_8859_1))
              .as(file.toString())
              .doesNotContain(secrets);
        }
      }
    }
  }

  /** Fails if a secret is in the arguments or the environment of a process. */
  void assertThatProcessesKnowNoSecret(Stream<ProcessHandle> processes) {
    List<String> known =
        processes.map(it -> proc(it, "cmdline") + "\n" + proc(it, "environ")).toList();
    assertThat(known).anyMatch(text -> text.contains(programs.toString()));
    assertThat(known).allSatisfy(text -> assertThat(text).doesNotContain(key, password, token));
  }

  /** The processes that have a path of this world in their environment. */
  List<String> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> proc(process, "environ").contains(folder.toString()))
        .map(process -> proc(process, "cmdline"))
        .toList();
  }

  /** What the system tells of a process; empty if it has ended. */
  private static String proc(ProcessHandle process, String file) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), file), ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    model.close();
    git.close();
  }
}
