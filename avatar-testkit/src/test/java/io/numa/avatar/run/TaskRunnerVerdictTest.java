package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MVN;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.Counts;
import io.numa.avatar.task.TestVerdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that end badly although no test is known to have failed. */
class TaskRunnerVerdictTest {
  private static final TestPolicy ONLY_NEW =
      new TestPolicy(Optional.of(true), Optional.of(FailOn.NEW));

  @TempDir Path folder;
  private RunWorld world;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    world.withPlan(
        DevelopmentPlan.of(write("login.txt", ""))
            .withTest(new TestCommand.Run(MVN))
            .withTestPolicy(ONLY_NEW));
  }

  /** The base commit's tests could not be started, either: that explains nothing. */
  @Test
  void testsThatCouldNotBeStartedAreNoGoodResult() throws Exception {
    world.commands.answer("mvn verify", 127, "> test\n/bin/sh: 1: pnpm: not found\n");

    TaskOutcome.Failed failed = failed();

    assertThat(failed.failure().kind()).isEqualTo(FailureKind.COMMAND_FAILED);
    assertThat(failed.failure().message())
        .startsWith("'mvn verify' could not be started: `pnpm` not found\n");
    assertThat(tests(failed).verdict()).isEqualTo(TestVerdict.UNKNOWN);
    assertThat(world.logFile()).contains("exited with 127 after 0.0 s: a program was not found\n");
    assertThat(world.shop.branches()).doesNotContain(BRANCH.value());
  }

  /** Such as a build whose tests pass and whose Javadoc has errors. */
  @Test
  void saysThatNoTestFailed() throws Exception {
    answer(1, "<testsuite><testcase name='a'/></testsuite>", "[ERROR] javadoc: no such tag\n\n");

    TaskOutcome.Failed failed = failed();

    assertThat(failed.failure().kind()).isEqualTo(FailureKind.COMMAND_FAILED);
    assertThat(failed.failure().message())
        .isEqualTo(
            """
            no test failed, the command exited with 1: 'mvn verify', 1 test
              against the base commit: 1 failure that no report names, as before
              the command's last lines:
                [ERROR] javadoc: no such tag""");
    assertThat(tests(failed).counts()).isEqualTo(new Counts(1, 0, 0, 0));
  }

  @Test
  void takesAnUnreadableReportForFailedTests() throws Exception {
    answer(1, "<testsuite><testcase name='a'/>", "");

    TaskOutcome.Failed failed = failed();

    assertThat(failed.failure().kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(tests(failed).verdict()).isEqualTo(TestVerdict.UNKNOWN);
  }

  /** As with Maven's {@code testFailureIgnore}: the exit code decides, and all is told. */
  @Test
  void passesWhatTheCommandPassesAndTellsOfFailuresAndLosses() throws Exception {
    answer(0, "<testsuite><testcase name='a'><failure message='no'/></testcase>", "");

    var delivered = (TaskOutcome.Delivered) world.runner().run(TASK);

    TestReport report = delivered.work().tests().orElseThrow();
    String lost = "1 report could not be read: junit.xml line 1: the end of the file is missing";
    assertThat(report.verdict()).isEqualTo(TestVerdict.PASSED);
    assertThat(report.failures()).containsExactly(new TestReport.FailedTest("a", "no"));
    assertThat(report.lost()).containsExactly(lost);
    assertThat(world.logFile())
        .contains("[test] " + lost + "\n")
        .contains("[test] the command succeeded, so failures in its reports do not count: 1\n");
  }

  @Test
  void namesTheSignalThatEndedTheTests() throws Exception {
    world.commands.answer("mvn verify", 137, "");

    assertThat(failed().failure().message())
        .startsWith("'mvn verify' exited with 137: killed (SIGKILL), often because memory ran out");
  }

  private void answer(int exitCode, String report, String printed) {
    world.commands.answer(
        "mvn verify",
        (command, output) -> {
          writeReport(command.directory(), report);
          byte[] bytes = printed.getBytes(StandardCharsets.UTF_8);
          output.write(bytes, 0, bytes.length);
          return new CommandResult.Exited(exitCode, Duration.ZERO);
        });
  }

  private static void writeReport(Path directory, String report) {
    try {
      Files.writeString(directory.resolve("junit.xml"), report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TaskOutcome.Failed failed() throws InterruptedException {
    TaskOutcome outcome = world.runner().run(TASK);
    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    return (TaskOutcome.Failed) outcome;
  }

  private static TestReport tests(TaskOutcome.Failed failed) {
    return failed.work().tests().orElseThrow();
  }
}
