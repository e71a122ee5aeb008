package io.numa.avatar.examples;

import io.numa.avatar.backend.HttpBackend;
import io.numa.avatar.backend.project.BuildFileTestDetection;
import io.numa.avatar.backend.project.YamlProjectSettings;
import io.numa.avatar.backend.settings.BackendSettings;
import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.port.StatusReporter;
import io.numa.avatar.port.TaskSource;
import io.numa.avatar.process.LocalCommandRunner;
import io.numa.avatar.process.ProcessSettings;
import io.numa.avatar.run.Ports;
import io.numa.avatar.run.RunListener;
import io.numa.avatar.run.RunSettings;
import io.numa.avatar.run.TaskRunner;
import io.numa.avatar.run.secret.Redactor;
import io.numa.avatar.task.AvatarId;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** An avatar inside another program. */
public final class EmbeddedAvatar {
  private EmbeddedAvatar() {}

  // example begins
  /** Carries out one task of {@code tasks} in {@code folder}, and reports to {@code reporter}. */
  public static TaskOutcome carryOut(
      TaskId task, TaskSource tasks, StatusReporter reporter, Path folder)
      throws InterruptedException {
    var clock = Clock.systemUTC();
    var git = GitSettings.of(new GitIdentity("My Tool", "tool@example.com"));
    var processes = ProcessSettings.defaults(System.getenv());
    var ports =
        Ports.of(tasks, reporter, new JGitRepository(git, clock), new LocalCommandRunner(processes))
            .withProjectSettings(new YamlProjectSettings())
            .withTestDetection(new BuildFileTestDetection());
    var settings =
        RunSettings.of(
            new AvatarId("my-tool"),
            folder.resolve("workspace"),
            folder.resolve("logs"),
            Redactor.of(List.of()));
    return new TaskRunner(ports, settings, RunListener.NONE, clock).run(task);
  }

  // example ends

  /** Carries out the task {@code args[1]} of the backend at {@code args[0]}. */
  public static void main(String[] args) throws InterruptedException {
    var settings = BackendSettings.of(URI.create(args[0]), new AvatarId("my-tool"));
    try (var backend = new HttpBackend(settings, Clock.systemUTC())) {
      carryOut(new TaskId(args[1]), backend.tasks(), backend.statuses(), Path.of("avatar-files"));
    }
  }
}
