package io.numa.avatar.cli.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.fixture.SeededRepository.LogEntry;
import io.numa.avatar.testkit.server.AttemptLog;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.NumaBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A backend with tasks for one repository, and the assertions for when an avatar has done them in
 * any number of processes.
 */
public final class Work implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final NumaBackend backend;
  private final SeededRepository repository;
  private final Map<Integer, String> expected = new TreeMap<>();

  /** Part of the command line of the process that every task leaves running. */
  private final String marker = "9" + Math.abs(UUID.randomUUID().getMostSignificantBits() >> 16);

  private Work(NumaBackend backend, SeededRepository repository) {
    this.backend = backend;
    this.repository = repository;
  }

  /** Begins with a new backend, and a new repository of that server. */
  public static Work begin(GitServer git) throws IOException {
    String name = "shop-" + UUID.randomUUID();
    SeededRepository repository = git.createRepository(name);
    repository.seed("main", Map.of("README.md", "Shop\n"));
    NumaBackend backend = NumaBackend.start();
    backend.addApplication(1, Map.of("name", name, "git_repo_url", git.httpUrl(name)));
    return new Work(backend, repository);
  }

  public NumaBackend backend() {
    return backend;
  }

  public SeededRepository repository() {
    return repository;
  }

  /** Announces a task that is to end as {@code done}, and prints {@code script}'s output. */
  public int give(String script) {
    return give(script, "true", "done");
  }

  /** Announces a task that is to end as {@code failed}, by its tests. */
  public int giveFailing(String script) {
    return give(script, "exit 3", "failed");
  }

  /** Announces a task whose plan runs {@code script}, and whose tests are {@code test}. */
  public int give(String script, String test, String end) {
    int task = expected.size() + 1;
    String stray = "setsid sleep 3600." + marker + " >/dev/null 2>&1 &\n";
    List<Map<String, ?>> steps =
        List.of(
            Map.of("write", Map.of("path", "docs/" + task + ".md", "content", "grüße\n")),
            Map.of("run", Map.of("command", stray + script)));
    backend.addTask(
        task,
        Map.of(
            "title",
            "Task " + task,
            "application_id",
            1,
            "code_branch",
            branch(task),
            "development_plan",
            Map.of("version", 1, "steps", steps, "test", Map.of("command", test))));
    expected.put(task, end);
    backend.announce(task);
    return task;
  }

  /** Announces a task in words, which is to end as {@code done}. */
  public int giveProse(String words, String test) {
    return giveProse(words, test, "");
  }

  /** The same for an agent by its name; without a name, the first one carries out the task. */
  int giveProse(String words, String test, String agent) {
    int task = expected.size() + 1;
    backend.addTask(
        task,
        Map.of(
            "agent",
            agent,
            "title",
            "Task " + task,
            "application_id",
            1,
            "code_branch",
            branch(task),
            "development_plan",
            words,
            "test_command",
            test));
    expected.put(task, "done");
    backend.announce(task);
    return task;
  }

  /** Part of the command lines of processes that count as strays. */
  public String marker() {
    return marker;
  }

  /** Adds an unreadable message after the others. */
  public void giveNonsense() {
    backend.putRawMessage("{\"id\": \"nonsense-" + UUID.randomUUID() + "\", \"data\": {}}");
  }

  public String branch(int task) {
    return "dev-" + task;
  }

  /** Waits until the backend knows how each task ended. */
  public void awaitAll() throws InterruptedException, TimeoutException {
    for (var task : expected.entrySet()) {
      backend.awaitStatus(task.getKey(), task.getValue(), LIMIT);
    }
  }

  /** Runs an avatar until there is no more work, and ends it by a signal. */
  public void finish(AvatarHome home) throws Exception {
    try (var avatar = home.start()) {
      awaitAll(avatar);
      while (!isAtRest(home)) {
        assertThat(avatar.isAlive()).as(avatar.console()).isTrue();
        avatar.awaits(all -> false, Duration.ofMillis(50));
      }
      avatar.terminate();

      assertThat(avatar.await()).as(avatar.console()).isEqualTo(143);
    }
  }

  private void awaitAll(AvatarProcess avatar) throws InterruptedException {
    try {
      awaitAll();
    } catch (TimeoutException e) {
      throw new AssertionError(e.getMessage() + "; the avatar said:\n" + avatar.console(), e);
    }
  }

  /** Whether the journal has no more work. An avatar may write it meanwhile. */
  private static boolean isAtRest(AvatarHome home) throws SQLException {
    String open =
        "SELECT (SELECT count(*) FROM attempt) + (SELECT count(*) FROM message WHERE waiting)";
    Path file = home.stateDir().resolve("journal.db");
    try (var journal = DriverManager.getConnection("jdbc:sqlite:" + file.toUri() + "?mode=ro");
        var statement = journal.createStatement();
        var rows = statement.executeQuery(open)) {
      return rows.next() && rows.getInt(1) == 0;
    }
  }

  /** Whether the backend knows how each task ended. */
  public boolean isOver() {
    return expected.keySet().stream()
        .allMatch(task -> backend.statuses(task).stream().anyMatch(Work::isEnd));
  }

  private static boolean isEnd(String status) {
    return !status.equals("in_progress");
  }

  /** The number of running processes that tasks have left. */
  public long strays() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(marker))
        .count();
  }

  /**
   * Asserts that each task was done once. All reports must be sent, and the avatar must have ended.
   */
  public void assertDoneOnce(AvatarHome home) throws IOException {
    assertThat(backend.violations()).as("order of the reports that the backend received").isEmpty();
    for (int task : expected.keySet()) {
      assertEndedOnce(task);
      assertCommittedOnce(task);
      assertLogsAreWhole(task, home);
      assertThat(files(home.workspace().resolve(String.valueOf(task))))
          .as("what is left in the workspace of task %s", task)
          .isEmpty();
    }
    assertThat(strays()).as("processes that are left").isZero();
    try (var journal = SqliteJournal.open(home.stateDir())) {
      assertThat(journal.open()).isEmpty();
      assertThat(journal.waiting()).isEmpty();
    }
  }

  private void assertEndedOnce(int task) {
    List<String> statuses = backend.statuses(task);
    assertThat(statuses).as("statuses of task %s", task).endsWith(expected.get(task));
    assertThat(statuses.stream().filter(Work::isEnd))
        .as("last statuses of task %s", task)
        .hasSize(1);
  }

  private void assertCommittedOnce(int task) {
    if (!expected.get(task).equals("done")) {
      assertThat(repository.branches()).doesNotContain(branch(task));
      return;
    }
    List<LogEntry> commits =
        repository.log(branch(task)).stream()
            .filter(commit -> commit.message().contains("\nNuma-Task: " + task + "\n"))
            .toList();
    assertThat(commits).as("commits of task %s", task).hasSize(1);
    var statuses = backend.statusesWritten(task);
    assertThat(statuses.get(statuses.size() - 1).details().path("commit").asText())
        .isEqualTo(commits.get(0).id().value());
  }

  private void assertLogsAreWhole(int task, AvatarHome home) throws IOException {
    Path folder = home.logDir().resolve(String.valueOf(task));
    for (Path file : files(folder).stream().filter(Work::isLog).toList()) {
      String attempt = file.getFileName().toString().replace(".log", "");
      assertThat(backend.log(task, attempt))
          .as("the backend's log of task %s, attempt %s", task, attempt)
          .isEqualTo(Files.readString(file));
    }
    for (AttemptLog log : backend.logs(task)) {
      assertThat(folder.resolve(log.attempt() + ".log")).exists();
    }
  }

  /** Beside a log may be the change of its attempt. */
  private static boolean isLog(Path file) {
    return file.getFileName().toString().endsWith(".log");
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
