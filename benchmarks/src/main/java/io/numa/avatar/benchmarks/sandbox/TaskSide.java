package io.numa.avatar.benchmarks.sandbox;

import io.numa.avatar.benchmarks.commands.Machinery;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.journal.SqliteJournal;
import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
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
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out tasks at one level: an avatar as it is shipped, but for a backend in memory. A task
 * writes a file, runs a command, tests, and pushes.
 */
final class TaskSide implements Side {
  private static final ApplicationId APPLICATION = new ApplicationId("1");
  private static final long ROOM = 1L << 30;

  private final String name;
  private final Machinery machinery;
  private final SqliteJournal journal;
  private final InMemoryBackend backend = new InMemoryBackend();
  private final TaskRunner runner;
  private int tasks;

  /**
   * @param name begins the names of the branches that it pushes
   * @param folder an existing folder
   */
  TaskSide(String name, SandboxProfile profile, Path folder, String url) throws IOException {
    this.name = name;
    this.machinery = new Machinery(profile, folder);
    this.journal = SqliteJournal.open(folder.resolve("state"));
    Path workspace = folder.resolve("workspace");
    var git =
        GitSettings.of(new GitIdentity("Benchmark", "benchmark@invalid"))
            .withReuse(new CacheSettings(workspace, false, ROOM));
    var ports =
        Ports.of(backend, backend, new JGitRepository(git, Clock.systemUTC()), machinery.commands())
            .withJournal(journal)
            .withSandboxes(machinery.sandboxes());
    var settings =
        RunSettings.of(
            new AvatarId("benchmark"), workspace, folder.resolve("logs"), Redactor.of(List.of()));
    this.runner = new TaskRunner(ports, settings, RunListener.NONE, Clock.systemUTC());
    backend.addApplication(
        new Application(
            APPLICATION,
            "benchmark",
            RepositoryUrl.parse(url),
            Optional.of(new BranchName("main")),
            Optional.empty()));
  }

  @Override
  public long nanos() throws IOException, InterruptedException {
    tasks++;
    var id = new TaskId(name + "-" + tasks);
    backend.addTask(
        Task.of(
            id,
            "Write a file",
            APPLICATION,
            new BranchName(id.value()),
            new PlanSource.Structured(plan(id))));
    long begin = System.nanoTime();
    TaskOutcome outcome = runner.run(id);
    long taken = System.nanoTime() - begin;
    runner.tidy(); // as the worker does after a task
    if (outcome instanceof TaskOutcome.Delivered) {
      return taken;
    }
    throw new IOException("task '" + id + "' was not delivered: " + outcome);
  }

  private static DevelopmentPlan plan(TaskId id) {
    var text = Step.Content.File.utf8("written for " + id + "\n");
    return DevelopmentPlan.of(
            new Step.Write(new WorkspacePath("note.txt"), text),
            new Step.Run(
                new CommandLine.Shell("wc -l *.txt > lines.txt"),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                Set.of(0)))
        .withTest(TestCommand.ofLine("grep -q total lines.txt"));
  }

  @Override
  public void close() throws IOException {
    journal.close();
    machinery.close();
  }
}
