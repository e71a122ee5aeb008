package io.numa.avatar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.task.Application;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.testkit.InMemoryBackend;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.junit.AvatarWorldExtension;
import io.numa.avatar.testkit.server.GitServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Shows how to test a program with an embedded avatar: real Git, real commands, no backend. */
@ExtendWith(AvatarWorldExtension.class)
class EmbeddedAvatarTest {
  private static final TaskId TASK = new TaskId("42");

  @TempDir Path folder;

  @BeforeEach
  void addTheShop(InMemoryBackend backend, GitServer git) {
    backend.addApplication(
        new Application(
            new ApplicationId("7"),
            "shop",
            RepositoryUrl.parse(git.httpUrl("shop")),
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  void pushesWhatPassesItsTests(InMemoryBackend backend, GitServer git) throws Exception {
    SeededRepository shop = git.createRepository("shop");
    shop.seed("main", Map.of("README.md", "A shop.\n"));
    backend.addTask(task("grep -q 'Log in' login.txt"));

    TaskOutcome outcome = EmbeddedAvatar.carryOut(TASK, backend, backend, folder);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(shop.read("feature/log-in", "login.txt")).isEqualTo("Log in here.\n");
    assertThat(backend.states(TASK)).endsWith(TaskState.DONE);
  }

  @Test
  void pushesNothingThatFailsItsTests(InMemoryBackend backend, GitServer git) throws Exception {
    SeededRepository shop = git.createRepository("shop");
    shop.seed("main", Map.of("README.md", "A shop.\n"));
    backend.addTask(task("echo 'no way out' && exit 3"));

    TaskOutcome outcome = EmbeddedAvatar.carryOut(TASK, backend, backend, folder);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            TaskOutcome.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(FailureKind.TESTS_FAILED);
              assertThat(failed.failure().exitCode()).hasValue(3);
            });
    assertThat(shop.branches()).containsExactly("main");
    assertThat(backend.log(TASK)).contains("\n| no way out\n");
  }

  /** A task that writes a file and tests it with a line of shell. */
  private static Task task(String test) {
    var step =
        new Step.Write(new WorkspacePath("login.txt"), Step.Content.File.utf8("Log in here.\n"));
    var tests = new TestCommand.Run(new CommandLine.Shell(test));
    return Task.of(
        TASK,
        "Let people log in",
        new ApplicationId("7"),
        new BranchName("feature/log-in"),
        new PlanSource.Structured(DevelopmentPlan.of(step).withTest(tests)));
  }
}
