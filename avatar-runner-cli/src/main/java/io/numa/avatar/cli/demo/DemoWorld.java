package io.numa.avatar.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A backend and a Git server on loopback, with a small project that has a bug, and a task to fix
 * it: with a plan, or in words for a coding agent. All its files are in one folder, which {@link
 * #close} does not remove.
 */
public final class DemoWorld implements AutoCloseable {
  public static final int TASK = 1;
  public static final String BRANCH = "dev-1-count-every-piece";

  /** The task, as a person writes it. */
  public static final String WORDS =
      "A basket with two apples costs as much as one with a single apple.\n"
          + "Each piece must count. The test in test.sh shows it.";

  private static final String PROJECT = "basket";

  /**
   * The project's files, by their names in the program's jar. Builds leave dot files out, so those
   * have other names there.
   */
  private static final Map<String, String> FILES =
      Map.of(
          ".gitignore", "gitignore",
          ".numa.yaml", "numa.yaml",
          "README.md", "README.md",
          "test.sh", "test.sh",
          "total.sh", "total.sh");

  private final Path folder;
  private final GitServer git;
  private final SeededRepository repository;
  private final NumaBackend backend;

  private final Optional<DemoAgent> agent;

  private DemoWorld(Path folder, GitServer git, NumaBackend backend, Optional<DemoAgent> agent)
      throws IOException {
    this.folder = folder;
    this.git = git;
    this.backend = backend;
    this.agent = agent;
    this.repository = git.createRepository(PROJECT);
    repository.seed("main", project());
    backend.addApplication(
        1, Map.of("name", "basket", "git_repo_url", git.httpUrl(PROJECT), "owner", "demo"));
    var task = new HashMap<String, Object>();
    task.put("title", "Count every piece of an article");
    task.put("application_id", 1);
    task.put("code_branch", BRANCH);
    if (agent.isPresent()) {
      task.put("description", WORDS);
    } else {
      task.put("development_plan", resource("plan.yaml"));
    }
    backend.addTask(TASK, task);
    backend.announce(TASK);
  }

  /** Starts the servers in a new temporary folder, with random passwords. */
  public static DemoWorld create() throws IOException {
    return create(newFolder(), Optional.empty());
  }

  /**
   * The same, with a task in words, and a coding agent for it.
   *
   * @param qwen the program Qwen Code, if it is installed
   */
  public static DemoWorld withAgent(Optional<Path> qwen) throws IOException {
    Path folder = newFolder();
    return create(folder, Optional.of(DemoAgent.start(qwen, folder)));
  }

  private static Path newFolder() throws IOException {
    return Files.createTempDirectory("avatar-demo-");
  }

  private static DemoWorld create(Path folder, Optional<DemoAgent> agent) throws IOException {
    String token = UUID.randomUUID().toString();
    String password = UUID.randomUUID().toString();
    var git = GitServer.start(Files.createDirectory(folder.resolve("git")));
    git.requirePassword("demo", password);
    var backend = NumaBackend.start().withToken(token);
    var world = new DemoWorld(folder, git, backend, agent);
    Files.writeString(world.plan(), resource("plan.yaml"));
    Files.writeString(world.config(), world.configuration(token, password));
    return world;
  }

  private String configuration(String token, String password) {
    return String.format(
        Locale.ROOT,
        """
        backend:
          url: "%s"
          api_token: "%s"
        git:
          username: "Demo Avatar"
          email: "demo@example.com"
          credentials:
            - {host: "127.0.0.1:*", username: demo, password: "%s"}
        avatar:
          id: "demo"
          name: "Demo Avatar"
        polling:
          interval: 1
        %s
        """,
        backend.url(),
        token,
        password,
        agent
            .map(one -> "sandbox: " + one.sandbox() + "\nagents: " + one.configuration())
            .orElse(""));
  }

  private static Map<String, String> project() throws IOException {
    var files = new HashMap<String, String>();
    for (var file : FILES.entrySet()) {
      files.put(file.getKey(), resource("project/" + file.getValue()));
    }
    return files;
  }

  static String resource(String name) throws IOException {
    try (InputStream in = DemoWorld.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        throw new IOException("the program lacks its own file demo/" + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  /** The folder of all files of the demo. */
  public Path folder() {
    return folder;
  }

  /** The avatar's configuration file. */
  public Path config() {
    return folder.resolve("config.yaml");
  }

  /** The task's plan, for commands without a backend. */
  public Path plan() {
    return folder.resolve("plan.yaml");
  }

  /** The folder of the project's repository, which is bare. */
  public Path repositoryFolder() {
    return git.path(PROJECT);
  }

  /** The project's repository on the server. */
  public SeededRepository repository() {
    return repository;
  }

  public NumaBackend backend() {
    return backend;
  }

  /** The coding agent, if the task is for one. */
  public Optional<DemoAgent> agent() {
    return agent;
  }

  @Override
  public void close() {
    agent.ifPresent(DemoAgent::close);
    backend.close();
    git.close();
  }
}
