package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MVN;
import static io.numa.avatar.run.RunWorld.SECRET;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No output of an attempt contains a secret. */
class TaskRunnerSecretsTest {
  private static final String REPORT =
      "<testsuite tests='1' failures='1'><testcase classname='Login' name='of "
          + SECRET
          + "'><failure message='got "
          + SECRET
          + "'/></testcase></testsuite>";

  @TempDir Path folder;
  private RunWorld world;
  private TaskRunner runner;
  private final Queue<String> echoed = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    runner =
        world.runner(
            world.ports(),
            new RunListener() {
              @Override
              public void printed(TaskId task, String text) {
                echoed.add(text);
              }
            });
  }

  @AfterEach
  void nothingOfItHasLeft() throws IOException {
    assertThat(world.backend.events(TASK).toString()).contains("***").doesNotContain(SECRET);
    assertThat(world.logFile()).doesNotContain(SECRET);
    assertThat(String.join("", echoed)).doesNotContain(SECRET);
  }

  @Test
  void hidesThemInWhatCommandsPrint() throws Exception {
    byte[] printed = ("token " + SECRET + "!\n").getBytes(UTF_8);
    world.commands.answer(
        "build",
        (command, output) -> {
          output.write(printed, 0, 10);
          output.write(printed, 10, printed.length - 10);
          return new CommandResult.Exited(0, Duration.ZERO);
        });
    world.withSteps(write("login.txt", ""), run("build"));

    runner.run(TASK);

    assertThat(world.backend.log(TASK)).contains("\n| token ***!\n");
  }

  @Test
  void hidesThemInFailures() throws Exception {
    world.commands.answer("login " + SECRET, 1, "");
    world.withSteps(run("login", SECRET));

    TaskOutcome outcome = runner.run(TASK);

    assertThat(((TaskOutcome.Failed) outcome).failure().message())
        .isEqualTo("step 1 (run login ***): 'login ***' exited with 1");
  }

  @Test
  void hidesThemInFailedTests() throws Exception {
    world.commands.answer(
        "mvn verify",
        (command, output) -> {
          writeReport(command.directory().resolve("target/surefire-reports"));
          return new CommandResult.Exited(1, Duration.ZERO);
        });
    world.withPlan(DevelopmentPlan.of(write("login.txt", "")).withTest(new TestCommand.Run(MVN)));

    TaskOutcome outcome = runner.run(TASK);

    TestReport tests = ((TaskOutcome.Failed) outcome).work().tests().orElseThrow();
    assertThat(tests.failures()).hasSize(1);
    assertThat(tests.failures().get(0).name()).contains("***");
    assertThat(tests.failures().get(0).message()).contains("got ***");
    assertThat(outcome.toString()).doesNotContain(SECRET);
  }

  @Test
  void hidesThemInTheCommit() throws Exception {
    world.withSteps(write("login.txt", ""));
    Task task = world.backend.task(TASK);
    world.withTask(
        Task.of(TASK, "Log in with " + SECRET, task.application(), task.branch(), task.plan()));

    runner.run(TASK);

    assertThat(world.shop.log(BRANCH.value()).get(0).message())
        .startsWith("feat: Log in with ***\n\nNuma-Task: T-1\n");
  }

  private static void writeReport(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("TEST-Login.xml"), REPORT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
