package io.numa.avatar.cli.fleet;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.cli.config.ConfigLoader;
import io.numa.avatar.cli.config.Purpose;
import io.numa.avatar.cli.endurance.AvatarHome;
import io.numa.avatar.cli.wiring.Avatar;
import io.numa.avatar.cli.wiring.Setup;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.AttemptLog;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A backend and a Git server on loopback, and avatars with all real adapters that work for them,
 * each in a separate folder.
 */
final class Fleet implements AutoCloseable {
  static final boolean SOAK = Boolean.getBoolean("soak");

  final NumaBackend backend;
  final GitServer git;
  final SeededRepository shop;
  private final Path folder;
  private final Path runs;
  private final Deque<Avatar> avatars = new ArrayDeque<>();

  Fleet(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder).toRealPath();
    runs = Files.createDirectory(this.folder.resolve("runs"));
    git = GitServer.start(this.folder.resolve("git"));
    shop = git.createRepository("shop");
    shop.seed("main", Map.of("README.md", "Shop\n"));
    backend = NumaBackend.start();
    backend.addApplication(1, Map.of("name", "shop", "git_repo_url", git.httpUrl("shop")));
  }

  /** Makes an avatar in this process, and starts it. */
  Avatar start(String id, String... configuration) throws IOException {
    var loaded = ConfigLoader.load(configure(id, configuration), Map.of(), Map.of(), Purpose.RUN);
    var avatar =
        Avatar.connected(
            new Setup(
                loaded.configuration(),
                RunListener.NONE,
                Delivery.PUSH,
                OptionalInt.empty(),
                Map.of("PATH", "/usr/bin:/bin", "HOME", folder.toString())));
    avatars.push(avatar);
    avatar.worker().start();
    return avatar;
  }

  /** Writes an avatar's configuration with more lines of YAML, and returns the file. */
  Path configure(String id, String... more) throws IOException {
    return Files.writeString(
        Files.createDirectories(folder(id)).resolve("config.yaml"),
        """
        backend:
          url: "%s"
          api_token: "${NUMA_TOKEN:-a-token}"
        git:
          username: "Avatar"
          email: "avatar@example.com"
          allowed_networks: [127.0.0.1]
        polling:
          interval: 1
          wait: 5
        sandbox:
          profile: process # the commands note outside of the tree that they ran
        %s
        """
            .formatted(backend.url(), String.join("\n", more)));
  }

  /** Lets the commands of an avatar that is a process of its own note that they ran. */
  static AvatarHome noting(AvatarHome home) {
    return home.set("sandbox.profile", "process");
  }

  /** The folder of an avatar's workspace and logs. */
  Path folder(String id) {
    return folder.resolve(id);
  }

  /**
   * Adds a task on a new branch that runs {@code command}, and announces it. The command notes
   * outside of the workspace that it ran.
   */
  void announce(int task, String command) {
    backend.addTask(
        task,
        Map.of(
            "title",
            "Write " + task,
            "application_id",
            1,
            "development_plan",
            Map.of(
                "version",
                1,
                "steps",
                List.of(
                    Map.of("write", Map.of("path", task + ".txt", "content", "done\n")),
                    Map.of(
                        "run",
                        Map.of(
                            "command", "echo >> '" + runs.resolve("" + task) + "'; " + command))),
                "test",
                Map.of("command", ""))));
    backend.announce(task);
  }

  /** How often the command of a task was started. */
  int runs(int task) throws IOException {
    Path file = runs.resolve("" + task);
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  /** Waits until the command of a task was started {@code count} times. */
  void awaitRuns(int task, int count, Duration limit) throws Exception {
    await("task " + task + " to run", limit, () -> runs(task) >= count);
  }

  /** A condition to wait for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Polls until the condition is true, for changes that nothing notifies of. */
  static void await(String what, Duration limit, Condition condition) throws Exception {
    long end = System.nanoTime() + limit.toNanos();
    var pause = new CountDownLatch(1);
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited " + limit + " in vain for " + what);
      }
      pause.await(20, MILLISECONDS);
    }
  }

  void awaitDone(int task, Duration limit) throws Exception {
    backend.awaitStatus(task, "done", limit);
  }

  /** Lets an avatar end its tasks and send all its reports. */
  static void drain(Avatar avatar) throws InterruptedException {
    avatar.worker().drain();
    assertThat(avatar.worker().awaitStop(Duration.ofMinutes(1))).as("has stopped").isTrue();
    avatar.close();
  }

  /** Asserts that a task succeeded once, with one commit. */
  void assertDelivered(int task) {
    List<String> last =
        backend.statuses(task).stream().filter(word -> !word.equals("in_progress")).toList();
    assertThat(Set.copyOf(last)).as("last words of task %s", task).containsExactly("done");
    assertThat(shop.log("dev-" + task)).as("commits of task %s", task).hasSize(2);
  }

  /**
   * Asserts that the backend has, of every attempt at a task, the same log bytes as the avatar's
   * disk.
   */
  void assertLogs(int task, String... ids) throws IOException {
    Map<String, String> written = new TreeMap<>();
    for (String id : ids) {
      Path logs = folder(id).resolve("logs").resolve("" + task);
      if (Files.isDirectory(logs)) {
        try (Stream<Path> files = Files.list(logs)) {
          for (Path file : files.toList()) {
            written.put(file.getFileName().toString().replace(".log", ""), sha256(file));
          }
        }
      }
    }
    assertThat(logsAtTheBackend(task)).as("logs of task %s", task).isEqualTo(written);
  }

  private Map<String, String> logsAtTheBackend(int task) {
    return backend.logs(task).stream()
        .collect(
            Collectors.toMap(
                AttemptLog::attempt, AttemptLog::sha256, (one, other) -> one, TreeMap::new));
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The last status of a task that the backend accepted. */
  Optional<String> lastWord(int task) {
    List<String> words = backend.statuses(task);
    return words.isEmpty() ? Optional.empty() : Optional.of(words.get(words.size() - 1));
  }

  /** Whether the backend knows how a task ended. */
  boolean hasEnded(int task) {
    return lastWord(task).filter(word -> !word.equals("in_progress")).isPresent();
  }

  @Override
  public void close() {
    avatars.forEach(
        avatar -> {
          avatar.worker().close();
          avatar.close();
        });
    backend.close();
    git.close();
  }
}
