package io.numa.avatar.benchmarks.tasks;

import io.numa.avatar.benchmarks.commands.Machinery;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.repository.Repository;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.testkit.InMemoryBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * An avatar as it is shipped, with its journal, its sandbox and its defaults; only the backend is
 * in memory. Safe for use by several threads, each with its own task.
 */
final class MeasuredAvatar implements AutoCloseable {
  /**
   * Disk space for files that tasks leave to later ones; the default of {@code workspace.max_size}.
   */
  private static final long ROOM = 20L << 30;

  private final Path folder;
  private final InMemoryBackend backend = new InMemoryBackend();
  private final StageClock stages = new StageClock(System::nanoTime);
  private final SqliteJournal journal;
  private final Machinery machinery;
  private final TaskRunner runner;

  private MeasuredAvatar(Path folder, SqliteJournal journal, Machinery machinery) {
    this.folder = folder;
    this.journal = journal;
    this.machinery = machinery;
    Path workspace = folder.resolve("workspace");
    var ports =
        Ports.of(backend, backend, repository(workspace), machinery.commands())
            .withJournal(journal)
            .withSandboxes(machinery.sandboxes());
    this.runner =
        new TaskRunner(
            ports, settings(workspace, folder.resolve("logs")), stages, Clock.systemUTC());
  }

  /**
   * Makes a new avatar.
   *
   * @param folder an empty or missing folder for all its files
   */
  static MeasuredAvatar in(Path folder) throws IOException {
    Files.createDirectories(folder);
    var machinery = new Machinery(SandboxProfile.EGRESS, folder);
    return new MeasuredAvatar(folder, SqliteJournal.open(folder.resolve("state")), machinery);
  }

  private static Repository repository(Path workspace) {
    var identity = new GitIdentity("Benchmark", "benchmark@invalid");
    var settings = GitSettings.of(identity).withReuse(new CacheSettings(workspace, false, ROOM));
    return new JGitRepository(settings, Clock.systemUTC());
  }

  private static RunSettings settings(Path workspace, Path logs) {
    return RunSettings.of(new AvatarId("benchmark"), workspace, logs, Redactor.of(List.of()));
  }

  /**
   * Carries a task out.
   *
   * @throws IOException if its commit was not pushed
   */
  Sample carryOut(Assignment assignment) throws IOException, InterruptedException {
    var id = new TaskId(assignment.branch());
    offer(id, assignment);
    var count = new Count(folder, Written.now(folder));
    stages.start(id, assignment.counted() ? count : () -> {});
    TaskOutcome outcome = runner.run(id);
    var times = stages.stop(id);
    runner.tidy(); // as the worker does after a task
    if (outcome instanceof TaskOutcome.Delivered) {
      return Sample.of(times, count.written);
    }
    throw new IOException("task '" + id + "' was not delivered: " + outcome);
  }

  private void offer(TaskId id, Assignment assignment) {
    var application = new ApplicationId(assignment.url());
    backend.addApplication(
        new Application(
            application,
            "benchmark",
            RepositoryUrl.parse(assignment.url()),
            Optional.of(new BranchName(assignment.base())),
            Optional.empty()));
    backend.addTask(
        Task.of(
            id,
            "Write a file",
            application,
            new BranchName(assignment.branch()),
            new PlanSource.Structured(plan(assignment))));
  }

  private static DevelopmentPlan plan(Assignment assignment) {
    var content = Step.Content.File.utf8(assignment.text());
    return DevelopmentPlan.of(new Step.Write(new WorkspacePath(assignment.file()), content))
        .withTest(TestCommand.ofLine("true"));
  }

  @Override
  public void close() throws IOException {
    journal.close();
    machinery.close();
  }

  /** Counts the files that a task has written, before its working copy is removed. */
  private static final class Count implements StageClock.BeforePush {
    private final Path folder;
    private final FileTime start;
    private Written written = Written.NOTHING;

    Count(Path folder, FileTime start) {
      this.folder = folder;
      this.start = start;
    }

    @Override
    public void run() {
      try {
        written = Written.since(start, folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
