package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MVN;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.ProjectSettings;
import io.numa.avatar.task.BaselineComparison;
import io.numa.avatar.task.BaselineComparison.Names;
import io.numa.avatar.task.BaselineComparison.Unnamed;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.TestReport.FailedTest;
import io.numa.avatar.task.WorkSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRunnerBaselineTest {
  private static final TestPolicy BASELINE = new TestPolicy(Optional.of(true), Optional.empty());
  private static final TestPolicy ONLY_NEW =
      new TestPolicy(Optional.empty(), Optional.of(FailOn.NEW));
  private static final Names NONE = Names.of(List.of());

  @TempDir Path folder;
  private RunWorld world;
  private TaskRunner runner;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    runner = world.runner();
  }

  @Test
  void deliversWithOldFailuresWhereOnlyNewOnesCount() throws Exception {
    failing("old", "mended").onTheBase();
    failing("old").passing("mended").withTheChange();

    TaskOutcome outcome = run(ONLY_NEW);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(work(outcome).tests().orElseThrow().baseline())
        .contains(new BaselineComparison(NONE, names("mended"), names("old"), Optional.empty()));
    assertThat(world.logFile())
        .contains("against the base commit: no new failures, 1 fixed, 1 was there before\n");
    assertThat(world.shop.branches()).contains(BRANCH.value());
  }

  @Test
  void failsWithANewFailure() throws Exception {
    failing("old").onTheBase();
    failing("old", "new").withTheChange();

    TaskOutcome outcome = run(ONLY_NEW);

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(failure(outcome).message())
        .isEqualTo(
            """
            'mvn verify' exited with 1: 2 tests, 2 failed
              against the base commit: 1 new failure, 1 was there before
              new: new: no
              old: no""");
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @Test
  void failsWithOldFailuresUnlessToldThatTheyDoNotCount() throws Exception {
    failing("old").onTheBase();
    failing("old").withTheChange();

    TaskOutcome outcome = run(BASELINE);

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(work(outcome).tests().orElseThrow().baseline())
        .contains(new BaselineComparison(NONE, NONE, names("old"), Optional.empty()));
  }

  @Test
  void findsANewFailureBehindMoreOldOnesThanItShows() throws Exception {
    var old = new ArrayList<String>();
    for (int i = 0; i < 150; i++) {
      old.add("old" + i);
    }
    failing(old.toArray(new String[0])).onTheBase();
    old.add("new");
    failing(old.toArray(new String[0])).withTheChange();

    TaskOutcome outcome = run(ONLY_NEW);

    TestReport report = work(outcome).tests().orElseThrow();
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(report.failures()).hasSize(100).startsWith(new FailedTest("new", "no"));
    assertThat(report.baseline().orElseThrow().preExisting().count()).isEqualTo(150);
  }

  @Test
  void testsTheBaseInAFolderOfItsOwn() throws Exception {
    failing("old").onTheBase();
    failing("new").withTheChange();

    run(BASELINE);

    List<Command> commands = world.commands.commands();
    assertThat(commands).hasSize(2);
    assertThat(commands.get(0).directory().startsWith(commands.get(1).directory())).isFalse();
    assertThat(commands.get(0).timeout()).isEqualTo(commands.get(1).timeout());
    assertThat(world.filesLeft()).allMatch(file -> file.startsWith(folder.resolve("logs")));
  }

  @Test
  void testsTheBaseOnceForAllTasksOnTheSameFiles() throws Exception {
    failing("old").onTheBase();
    failing("old").withTheChange();
    run(ONLY_NEW);

    var second = new TaskId("T-2");
    addTask(second, ONLY_NEW);
    TaskOutcome outcome = runner.run(second);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.commands.commands()).hasSize(3);
  }

  @Test
  void testsTheBaseAgainWhereItFailedWithoutAName() throws Exception {
    failing().onTheBase();
    failing().withTheChange();
    TaskOutcome first = run(ONLY_NEW);

    var second = new TaskId("T-2");
    addTask(second, ONLY_NEW);
    runner.run(second);

    assertThat(failure(first).message())
        .contains("against the base commit: 1 failure that no report names, as before");
    assertThat(work(first).tests().orElseThrow().baseline())
        .contains(new BaselineComparison(NONE, NONE, NONE, Optional.of(Unnamed.PRE_EXISTING)));
    assertThat(world.commands.commands()).hasSize(4);
  }

  @Test
  void failsWithAFailureWithoutANameThatTheBaseHasNot() throws Exception {
    failing("old").onTheBase();
    failing().withTheChange();

    TaskOutcome outcome = run(ONLY_NEW);

    assertThat(failure(outcome).message()).contains("1 new failure that no report names");
  }

  /**
   * go-junit-report#138, expecto#324, junit5#2269: a report that cannot be read whole may have a
   * new failure, and an old one elsewhere does not explain why the command failed.
   */
  @Test
  void comparesNothingWhereAReportOfTheChangeIsDamaged() throws Exception {
    failing("old").onTheBase();
    failing("old").damaged("<testsuite>\n<testcase name='a'/>\n<testcase").withTheChange();

    TaskOutcome outcome = run(ONLY_NEW);

    String lost = "1 report could not be read: TEST-b.xml line 3: the end of the file is missing";
    TestReport report = work(outcome).tests().orElseThrow();
    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(failure(outcome).message()).contains("\n  " + lost);
    assertThat(report.lost()).containsExactly(lost);
    assertThat(report.baseline()).isEmpty();
    assertThat(report.counts()).isEqualTo(new TestReport.Counts(2, 1, 0, 0));
    assertThat(world.logFile())
        .contains("[test] " + lost + "\n")
        .contains("no comparison with the base commit, so every failure counts: " + lost);
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @Test
  void comparesNothingWhereAReportOfTheBaseIsDamaged() throws Exception {
    failing("old").damaged("<testsuite>").onTheBase();
    failing("old").withTheChange();

    TaskOutcome outcome = run(ONLY_NEW);

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(work(outcome).tests().orElseThrow().baseline()).isEmpty();
    assertThat(world.logFile())
        .contains("no baseline, so every failure counts: 1 report could not be read: TEST-b.xml");
  }

  /** The tests that were not reached may have new failures. */
  @Test
  void comparesNothingWhereFewerTestsRanThanOnTheBase() throws Exception {
    failing("old").passing("a", "b").onTheBase();
    failing("old").passing("a").withTheChange();

    assertThat(failure(run(ONLY_NEW)).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(world.logFile())
        .contains("so every failure counts: 2 tests ran, and 3 on the base commit\n");
  }

  @Test
  void doesNotExplainACrashByAnOldFailure() throws Exception {
    failing("old").onTheBase();
    new Run(List.of("old"), List.of(), 139).withTheChange();

    TaskOutcome outcome = run(ONLY_NEW);

    assertThat(failure(outcome).message()).contains("1 new failure that no report names");
  }

  @Test
  void goesOnWithoutABaselineThatTakesTooLong() throws Exception {
    onTheBase = command -> new CommandResult.TimedOut(Duration.ofMinutes(30));
    failing("a").withTheChange();

    TaskOutcome outcome = run(ONLY_NEW);

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(work(outcome).tests().orElseThrow().baseline()).isEmpty();
    assertThat(world.logFile())
        .contains("no baseline, so every failure counts: 'mvn verify' was ended");
  }

  @Test
  void goesOnWithoutABaselineWhoseCommandCannotBeStarted() throws Exception {
    onTheBase =
        command -> {
          throw new PortException(FailureKind.COMMAND_FAILED, "could not run './mvnw': missing");
        };
    passing().withTheChange();

    assertThat(run(BASELINE)).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.logFile())
        .contains("so every failure counts: could not run './mvnw': missing\n");
  }

  @Test
  void goesOnWithoutABaselineWhereTheBaseHasNoTests() throws Exception {
    world.backend.addApplication(RunWorld.application(Optional.empty()));
    world.commands.answer("make test", 2, "");
    world.withPlan(DevelopmentPlan.of(write("Makefile", "test:\n")).withTestPolicy(ONLY_NEW));

    TaskOutcome outcome = runner.run(TASK);

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(world.commands.commands()).hasSize(1);
    assertThat(world.logFile())
        .contains("no baseline, so every failure counts: the base commit has no tests\n");
  }

  @Test
  void goesOnWithoutABaselineWhereTheChangeMendsTheProjectsSettings() throws Exception {
    world.shop.seed("main", Map.of(".numa.yaml", "broken"));
    world.backend.addApplication(RunWorld.application(Optional.empty()));
    ProjectSettings settings =
        content -> {
          if (new String(content, UTF_8).equals("broken")) {
            throw new PortException(FailureKind.INVALID_PLAN, "could not read '.numa.yaml': no");
          }
          return ProjectFile.ofTest(new TestCommand.Run(MVN));
        };
    Ports ports = world.ports();
    runner = world.runner(ports.withProjectSettings(settings), RunListener.NONE);
    world.withPlan(DevelopmentPlan.of(write(".numa.yaml", "mended")).withTestPolicy(BASELINE));

    assertThat(runner.run(TASK)).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.logFile())
        .contains("so every failure counts: could not read '.numa.yaml': no\n");
  }

  @Test
  void failsWhereTheBaseCannotBeWritten() throws Exception {
    var full = new PortException(FailureKind.UNAVAILABLE, "could not write the files: disk full");
    runner =
        world.runner(
            new BreakingPort("BaseCommit.checkOut", full).in(world.ports()), RunListener.NONE);

    assertThat(run(BASELINE)).isInstanceOf(TaskOutcome.Unavailable.class);
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(world.filesLeft()).allMatch(file -> file.startsWith(folder.resolve("logs")));
  }

  @Test
  void countsBothRunsTowardsTheTasksTime() throws Exception {
    onTheBase =
        command -> {
          world.clock.advance(RunSettings.Limits.DEFAULTS.task());
          return new CommandResult.TimedOut(Duration.ofMinutes(30));
        };

    assertThat(failure(run(BASELINE)).kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(world.commands.commands()).hasSize(1);
  }

  @Test
  void doesAsTheConfigurationSaysWhereThePlanIsSilent() throws Exception {
    failing("old").onTheBase();
    failing("old").withTheChange();
    RunSettings settings = world.settings();
    runner =
        new TaskRunner(
            world.ports(), settings.withTestPolicy(ONLY_NEW), RunListener.NONE, world.clock);

    assertThat(run(TestPolicy.UNSAID)).isInstanceOf(TaskOutcome.Delivered.class);
  }

  @Test
  void runsNoTestsOnTheBaseUnasked() throws Exception {
    passing("a").withTheChange();

    run(TestPolicy.UNSAID);

    assertThat(world.commands.commands()).hasSize(1);
  }

  private interface Script {
    CommandResult run(Command command);
  }

  private Script onTheBase =
      command -> {
        throw new AssertionError("the base was tested");
      };
  private Script withTheChange = onTheBase;

  private TaskOutcome run(TestPolicy policy) throws InterruptedException {
    addTask(TASK, policy);
    return runner.run(TASK);
  }

  private void addTask(TaskId id, TestPolicy policy) {
    world.commands.answer(
        "mvn verify",
        (command, output) ->
            Files.exists(command.directory().resolve("login.txt"))
                ? withTheChange.run(command)
                : onTheBase.run(command));
    var plan =
        DevelopmentPlan.of(write("login.txt", "Who are you?\n"))
            .withTest(new TestCommand.Run(MVN))
            .withTestPolicy(policy);
    BranchName branch = id.equals(TASK) ? BRANCH : new BranchName("dev-" + id);
    world.withTask(RunWorld.task(id, branch, new PlanSource.Structured(plan)));
  }

  private Run failing(String... names) {
    return new Run(List.of(names), List.of(), 1);
  }

  private Run passing(String... names) {
    return new Run(List.of(), List.of(names), 0);
  }

  /** A test run that leaves a report. */
  private final class Run {
    private final List<String> failing;
    private final List<String> passing;
    private final int exitCode;
    private String damaged = "";

    Run(List<String> failing, List<String> passing, int exitCode) {
      this.failing = failing;
      this.passing = passing;
      this.exitCode = exitCode;
    }

    Run passing(String... names) {
      return new Run(failing, List.of(names), exitCode);
    }

    /** Lets the run leave a second report that is damaged. */
    Run damaged(String text) {
      damaged = text;
      return this;
    }

    void onTheBase() {
      onTheBase = this::leaveReport;
    }

    void withTheChange() {
      withTheChange = this::leaveReport;
    }

    private CommandResult leaveReport(Command command) {
      var report = new StringBuilder("<testsuite>");
      failing.forEach(
          name ->
              report.append(
                  "<testcase name='%s'><failure message='no'/></testcase>".formatted(name)));
      passing.forEach(name -> report.append("<testcase name='%s'/>".formatted(name)));
      Path file = command.directory().resolve("junit.xml");
      try {
        Files.writeString(file, report.append("</testsuite>"));
        if (!damaged.isEmpty()) {
          Files.writeString(command.directory().resolve("TEST-b.xml"), damaged);
        }
        Files.setLastModifiedTime(file, FileTime.from(world.clock.instant()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new CommandResult.Exited(exitCode, Duration.ZERO);
    }
  }

  private static Names names(String... names) {
    return Names.of(List.of(names));
  }

  private static Failure failure(TaskOutcome outcome) {
    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    return ((TaskOutcome.Failed) outcome).failure();
  }

  private static WorkSummary work(TaskOutcome outcome) {
    return outcome instanceof TaskOutcome.Delivered delivered
        ? delivered.work()
        : ((TaskOutcome.Failed) outcome).work();
  }
}
