package io.numa.avatar.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PatchText;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.InMemoryRepository;
import io.numa.avatar.testkit.ManualClock;
import io.numa.avatar.testkit.ScriptedCommandRunner;
import io.numa.avatar.testkit.ScriptedTestDetection;
import io.numa.avatar.testkit.fixture.SeededRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The surroundings of a run: a project "shop" in a repository in memory, a backend that has it, and
 * the settings of an avatar.
 */
public final class RunWorld {
  public static final Duration SOON = Duration.ofSeconds(30);
  public static final TaskId TASK = new TaskId("T-1");
  public static final String SECRET = "s3cr3t-t0ken";
  static final BranchName BRANCH = new BranchName("feature/log-in");
  static final CommandLine MVN = new CommandLine.Argv(List.of("mvn", "verify"));
  static final CommandLine MAKE_TEST = new CommandLine.Argv(List.of("make", "test"));
  private static final ApplicationId APPLICATION = new ApplicationId("7");
  static final RepositoryUrl SHOP = RepositoryUrl.parse("https://git.example.com/team/shop.git");

  private static final PatchText PATCH =
      new PatchText(
          """
          diff --git a/patched.txt b/patched.txt
          new file mode 100644
          --- /dev/null
          +++ b/patched.txt
          @@ -0,0 +1 @@
          +patched
          """
              .getBytes(UTF_8),
          1);

  public final InMemoryBackend backend = new InMemoryBackend();
  public final ManualClock clock = ManualClock.at("2025-08-03T10:00:00Z");
  public final ScriptedCommandRunner commands = new ScriptedCommandRunner();
  final InMemoryRepository repository =
      new InMemoryRepository("Avatar", "avatar@example.com", clock);
  public final SeededRepository shop = repository.create(SHOP);
  private final Path folder;

  /** Creates a world whose files are in {@code folder}. */
  public RunWorld(Path folder) {
    this.folder = folder;
    shop.seed("main", Map.of("README.md", "A shop.\n"));
    backend.addApplication(application(Optional.of(new TestCommand.None())));
  }

  static Application application(Optional<TestCommand> test) {
    return new Application(APPLICATION, "shop", SHOP, Optional.of(new BranchName("main")), test);
  }

  /** A plan's step that runs a command. */
  static Step run(String... words) {
    return new Step.Run(
        new CommandLine.Argv(List.of(words)),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        Set.of(0));
  }

  static Step write(String path, String text) {
    return new Step.Write(new WorkspacePath(path), Step.Content.File.utf8(text));
  }

  static Task task(TaskId id, BranchName branch, PlanSource plan) {
    return Task.of(id, "Let people log in", APPLICATION, branch, plan);
  }

  /** Adds to the backend a task with these steps. */
  RunWorld withSteps(Step... steps) {
    return withPlan(DevelopmentPlan.of(steps));
  }

  /** Adds to the backend a task that uses every port. */
  RunWorld withATaskForEveryPort() {
    backend.addApplication(application(Optional.empty()));
    return withSteps(write(".numa.yaml", "test: {}\n"), new Step.Patch(PATCH), run("build"));
  }

  RunWorld withPlan(DevelopmentPlan plan) {
    return withTask(task(TASK, BRANCH, new PlanSource.Structured(plan)));
  }

  RunWorld withTask(Task task) {
    backend.addTask(task);
    return this;
  }

  /** Adds to the backend a task that writes a file and runs {@code words}, on a separate branch. */
  public void addTask(TaskId id, String... words) {
    withTask(
        task(
            id,
            new BranchName("dev-" + id),
            new PlanSource.Structured(
                DevelopmentPlan.of(write(id + ".txt", "done\n"), run(words)))));
  }

  /** Adds to the backend a task of prose, on a separate branch. */
  public void addProse(TaskId id, Optional<String> agent) {
    withTask(
        task(id, new BranchName("dev-" + id), new PlanSource.Prose("Let people log in."))
            .withOptions(TaskOptions.NONE.withAgent(agent)));
  }

  public Ports ports() {
    return ports(new InMemoryJournal());
  }

  /** Ports with a journal that several runners may share, as processes of one avatar do. */
  Ports ports(Journal journal) {
    return ports(journal, ChangeRequests.NONE);
  }

  /** As above, with a service for change requests. */
  Ports ports(Journal journal, ChangeRequests requests) {
    return Ports.of(backend, backend, repository, commands)
        .withTestDetection(new ScriptedTestDetection(Map.of("Makefile", MAKE_TEST)))
        .withJournal(journal)
        .withChangeRequests(requests);
  }

  public RunSettings settings() {
    return RunSettings.of(
        InMemoryBackend.DEFAULT_AVATAR,
        folder.resolve("workspace"),
        folder.resolve("logs"),
        Redactor.of(List.of(new Secret(SECRET))));
  }

  public TaskRunner runner() {
    return runner(ports(), RunListener.NONE);
  }

  public TaskRunner runner(Ports ports, RunListener listener) {
    return new TaskRunner(ports, settings(), listener, clock);
  }

  /** All files that attempts have left. */
  List<Path> filesLeft() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** The text of the only log file. */
  String logFile() throws IOException {
    List<Path> files =
        filesLeft().stream().filter(file -> file.toString().endsWith(".log")).toList();
    if (files.size() != 1) {
      throw new IOException("expected one file: " + files);
    }
    return Files.readString(files.get(0));
  }

  /** Begins a task on a new thread. */
  static Running begin(TaskRunner runner, TaskId task) {
    var outcome = new FutureTask<>(() -> runner.run(task));
    var thread = new Thread(outcome, "run-" + task);
    thread.setDaemon(true);
    thread.start();
    return new Running(thread, outcome);
  }

  /** Waits for an event that must happen soon. */
  public static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("waited " + SOON + " in vain");
    }
  }
}
