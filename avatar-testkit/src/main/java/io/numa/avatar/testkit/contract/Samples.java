package io.numa.avatar.testkit.contract;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.WorkSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Values that the contracts' tests are about. */
final class Samples {
  private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  private Samples() {}

  static Task task(String id) {
    return new Task(
        new TaskId(id),
        "Añadir el inicio de sesión – 登录",
        TaskState.TODO,
        new ApplicationId("7"),
        new BranchName("feature/log-in"),
        Optional.of(new BranchName("develop")),
        new PlanSource.Prose("Let people log in."),
        new TaskOptions(
            Optional.of(new TestCommand.Run(new CommandLine.Argv(List.of("mvn", "verify")))),
            Optional.of(Duration.ofMinutes(10)),
            Optional.of("feat: log in")));
  }

  static Application application() {
    return new Application(
        new ApplicationId("7"),
        "shop",
        RepositoryUrl.parse("https://git.example.com/team/shop.git"),
        Optional.of(new BranchName("main")),
        Optional.of(new TestCommand.None()));
  }

  static StatusUpdate begun(int sequence) {
    return new StatusUpdate(
        sequence,
        TaskState.IN_PROGRESS,
        Stage.CLONE,
        "cloning",
        WorkSummary.NOTHING_YET,
        START,
        Optional.empty(),
        Optional.empty());
  }

  static StatusUpdate done(int sequence) {
    return new StatusUpdate(
        sequence,
        TaskState.DONE,
        Stage.PUSH,
        "pushed",
        WorkSummary.NOTHING_YET,
        START,
        Optional.of(START.plusSeconds(60)),
        Optional.empty());
  }
}
