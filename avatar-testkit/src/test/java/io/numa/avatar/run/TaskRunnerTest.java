package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MVN;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanProblem;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.LogChunk;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.task.ApplicationId;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StepOutcome;
import io.numa.avatar.task.StepReport;
import io.numa.avatar.task.Task;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.TestReport;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.ChangeReport;
import io.numa.avatar.testkit.InMemoryBackend.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRunnerTest {
  @TempDir Path folder;
  private RunWorld world;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
  }

  @Test
  void pushesWhatThePlanMakes() throws Exception {
    CommitId base = world.shop.headOf("main").orElseThrow();
    world.withSteps(write("login.txt", "Who are you?\n"));

    TaskOutcome outcome = world.runner().run(TASK);

    CommitId head = world.shop.headOf(BRANCH.value()).orElseThrow();
    assertThat(outcome)
        .isEqualTo(
            new TaskOutcome.Delivered(
                WorkSummary.NOTHING_YET
                    .withBase(BRANCH, base)
                    .withSteps(
                        List.of(
                            new StepReport(
                                1,
                                "write login.txt",
                                StepOutcome.APPLIED,
                                Duration.ZERO,
                                Optional.empty())))
                    .withChanges(new ChangeReport(1, 1, 0, 0, 0, false))
                    .withCommit(head)));
    assertThat(world.shop.read(BRANCH.value(), "login.txt")).isEqualTo("Who are you?\n");
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
  }

  /** A run step of many lines was logged three times, and a command of 200 kB was in the status. */
  @Test
  void logsAScriptOnceAndKeepsStatusesSmall() throws Exception {
    String script = "first line\n" + "make another line of the script\n".repeat(6_000);
    world.commands.otherwise((command, output) -> new CommandResult.Exited(3, Duration.ZERO));
    world.withSteps(
        new Step.Run(
            new CommandLine.Shell(script),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Set.of(0)));

    TaskOutcome outcome = world.runner().run(TASK);

    assertThat(((TaskOutcome.Failed) outcome).failure().message())
        .isEqualTo("step 1 (run first line…): 'first line…' exited with 3");
    assertThat(world.logFile())
        .containsOnlyOnce("$ first line\n")
        .contains("] make another line of the script\n", "…\n")
        .hasSizeLessThan(13_000);
    assertThat(world.backend.updates(TASK).toString()).hasSizeLessThan(6_000);
  }

  @Test
  void logsTheNotesOfTheTask() throws Exception {
    world.withTask(
        RunWorld.task(
                TASK,
                BRANCH,
                new PlanSource.Structured(DevelopmentPlan.of(write("login.txt", "Who?\n"))))
            .withOptions(
                TaskOptions.NONE.withNotes(List.of("2 invisible characters were taken out"))));

    world.runner().run(TASK);

    assertThat(world.logFile()).containsOnlyOnce("[fetch] 2 invisible characters were taken out\n");
  }

  @Test
  void tellsEachStageAndTheEndOnce() throws Exception {
    world.withSteps(write("login.txt", "Who are you?\n"));

    world.runner().run(TASK);

    assertThat(world.backend.updates(TASK))
        .extracting(u -> u.sequence() + " " + u.state() + " " + u.stage() + " " + u.message())
        .containsExactly(
            "1 IN_PROGRESS FETCH taken up",
            "2 IN_PROGRESS FETCH fetch",
            "3 IN_PROGRESS PLAN plan",
            "4 IN_PROGRESS CLONE clone",
            "5 IN_PROGRESS DEVELOP develop",
            "6 IN_PROGRESS TEST test",
            "7 IN_PROGRESS COMMIT commit",
            "8 IN_PROGRESS PUSH push",
            "9 DONE PUSH done, not tested");
    assertThat(world.backend.updates(TASK))
        .filteredOn(update -> update.finishedAt().isPresent())
        .hasSize(1);
  }

  @Test
  void tellsTheEndAfterTheWholeLog() throws Exception {
    world.withSteps(write("login.txt", "Who are you?\n"));

    world.runner().run(TASK);

    List<Event> events = world.backend.events(TASK);
    assertThat(events.get(0)).isInstanceOf(Event.Reported.class);
    assertThat(events.get(events.size() - 1)).isInstanceOf(Event.Reported.class);
    assertThat(world.backend.log(TASK)).isEqualTo(world.logFile());
    assertThat(world.logFile())
        .endsWith("[report] done, not tested: " + head().abbreviated() + " on feature/log-in\n");
  }

  @Test
  void sendsTheLogWithoutGapOrOverlap() throws Exception {
    world.backend.plain();
    world.commands.answer("build", 0, "é".repeat(100_000) + "\n" + "ö\n".repeat(300_000));
    world.withSteps(write("login.txt", ""), run("build"));

    world.runner().run(TASK);

    long end = 0;
    for (Event event : world.backend.events(TASK)) {
      if (event instanceof Event.Logged logged) {
        LogChunk chunk = logged.chunk();
        assertThat(chunk.offset()).isEqualTo(end);
        end = chunk.end();
      }
    }
    assertThat(end).isGreaterThan(1_000_000);
    assertThat(world.backend.log(TASK)).isEqualTo(world.logFile());
  }

  @Test
  void saysInTheCommitWhereItCameFrom() throws Exception {
    world.withSteps(write("login.txt", ""));

    world.runner().run(TASK);

    var commit = world.shop.log(BRANCH.value()).get(0);
    assertThat(commit.message())
        .isEqualTo(
            "feat: Let people log in\n\nNuma-Task: T-1\nNuma-Avatar: avatar_001\nNuma-Attempt: "
                + ((Event.Reported) world.backend.events(TASK).get(0)).attempt().id()
                + "\n");
    assertThat(commit.author()).isEqualTo("Avatar");
  }

  @Test
  void keepsNoWorkingCopy() throws Exception {
    world.withSteps(write("login.txt", ""), run("build"));

    world.runner().run(TASK);

    Path tree = world.commands.commands().get(0).directory();
    assertThat(tree).startsWithRaw(folder.resolve("workspace").resolve("T-1")).doesNotExist();
    assertThat(world.filesLeft()).allMatch(file -> file.startsWith(folder.resolve("logs")));
  }

  @Test
  void pushesNothingIfItIsToKeepWhatItMakes() throws Exception {
    world.withSteps(write("login.txt", ""));

    TaskOutcome outcome = runner(RunSettings.Delivery.KEEP, RunListener.NONE).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertPushedNothing();
  }

  @Test
  void endsBeforeTheTestsIfItIsToShowWhatItMakes() throws Exception {
    world.withPlan(plan(write("login.txt", "")).withTest(new TestCommand.Run(MVN)));
    var shown = new ArrayList<TaskId>();
    var listener =
        new RunListener() {
          @Override
          public void developed(TaskId task, StagedChange change) {
            shown.add(task);
          }
        };

    TaskOutcome outcome = runner(RunSettings.Delivery.SHOW, listener).run(TASK);

    CommitId base = world.shop.headOf("main").orElseThrow();
    assertThat(outcome)
        .isEqualTo(
            new TaskOutcome.Delivered(
                WorkSummary.NOTHING_YET
                    .withBase(BRANCH, base)
                    .withChanges(new ChangeReport(1, 0, 0, 0, 0, false))
                    .withSteps(
                        List.of(
                            new StepReport(
                                1,
                                "write login.txt",
                                StepOutcome.APPLIED,
                                Duration.ZERO,
                                Optional.empty())))));
    assertThat(shown).containsExactly(TASK);
    assertThat(world.commands.commands()).isEmpty();
    assertThat(world.logFile()).contains("dry run: not tested, not committed, not pushed\n");
    assertPushedNothing();
  }

  private TaskRunner runner(RunSettings.Delivery delivery, RunListener listener) {
    RunSettings settings = world.settings();
    return new TaskRunner(world.ports(), settings.withDelivery(delivery), listener, world.clock);
  }

  @Test
  void saysWhyNothingIsTested() throws Exception {
    world.withSteps(write("login.txt", ""));
    world.runner().run(TASK);
    assertThat(world.logFile()).contains("no tests, as asked\n").doesNotContain("were found");
  }

  @Test
  void saysThatNoTestsWereRecognised() throws Exception {
    world.backend.addApplication(RunWorld.application(Optional.empty()));
    world.withSteps(write("login.txt", ""));
    world.runner().run(TASK);
    assertThat(world.logFile())
        .contains("No tests found: looked for Makefile; set test.command\n")
        .doesNotContain("as asked");
  }

  @Test
  void pushesNothingIfTheTestsFail() throws Exception {
    world.commands.answer("mvn verify", 3, "1 test failed\n");
    world.withPlan(plan(write("login.txt", "")).withTest(new TestCommand.Run(MVN)));

    TaskOutcome outcome = world.runner().run(TASK);

    Failure failure = failure(outcome);
    assertThat(failure.stage()).isEqualTo(Stage.TEST);
    assertThat(failure.kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(failure.exitCode()).hasValue(3);
    assertToldAtLast(failure);
    assertThat(lastUpdate().work().tests())
        .contains(
            new TestReport("mvn verify", 3, TestReport.Counts.NONE, Duration.ZERO, List.of())
                .withLastLines(List.of("1 test failed")));
    assertPushedNothing();
    assertThat(world.logFile()).contains("1 test failed\n");
  }

  @Test
  void commitsNothingThatTheTestsWrite() throws Exception {
    world.commands.answer(
        "mvn verify",
        (command, output) -> {
          writeFile(command.directory().resolve("target.txt"), "made by tests\n");
          writeFile(command.directory().resolve("login.txt"), "changed by tests\n");
          return new CommandResult.Exited(0, Duration.ZERO);
        });
    world.withPlan(plan(write("login.txt", "mine\n")).withTest(new TestCommand.Run(MVN)));

    world.runner().run(TASK);

    assertThat(world.shop.files(BRANCH.value()).keySet()).containsExactly("README.md", "login.txt");
    assertThat(world.shop.read(BRANCH.value(), "login.txt")).isEqualTo("mine\n");
  }

  @Test
  void failsWithoutItsApplication() throws Exception {
    Task task = task(write("login.txt", ""));
    world.withTask(
        Task.of(task.id(), task.title(), new ApplicationId("8"), task.branch(), task.plan()));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.stage()).isEqualTo(Stage.FETCH);
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertToldAtLast(failure);
  }

  @Test
  void failsATaskThatLacksAField() throws Exception {
    world.backend.addUnfitTask(TASK, TaskState.TODO, "title: is missing", "plan: is missing");

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure)
        .isEqualTo(
            new Failure(
                Stage.FETCH,
                FailureKind.INVALID_TASK,
                "task T-1 cannot be worked on: title: is missing; plan: is missing"));
    assertToldAtLast(failure);
    assertThat(world.backend.states(TASK)).containsExactly(TaskState.IN_PROGRESS, TaskState.FAILED);
  }

  @Test
  void failsAnInvalidPlanWithAllItsProblemsBeforeItClones() throws Exception {
    withPlanSource(
        new PlanSource.Invalid(
            List.of(
                new PlanProblem("/steps/0/write", "leads upwards"),
                new PlanProblem("/steps/1", "has no verb"))));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure)
        .isEqualTo(
            new Failure(
                Stage.PLAN,
                FailureKind.INVALID_PLAN,
                "the development plan breaks its rules:\n"
                    + "step 1 (/steps/0/write): leads upwards\nstep 2 (/steps/1): has no verb"));
    assertToldAtLast(failure);
    assertThat(folder.resolve("workspace")).doesNotExist();
  }

  @Test
  void failsAnAgentStepBeforeItClones() throws Exception {
    world.withSteps(write("login.txt", ""), Step.Agent.of("Go on."));

    Failure failure = failure(world.runner().run(TASK));

    assertNeedsAnAgent(failure);
    assertThat(failure.message()).startsWith("step 2 ");
  }

  private void assertNeedsAnAgent(Failure failure) {
    assertThat(failure.stage()).isEqualTo(Stage.PLAN);
    assertThat(failure.kind()).isEqualTo(FailureKind.NO_AGENT);
    assertThat(failure.message()).contains("'agents'");
    assertToldAtLast(failure);
    assertThat(folder.resolve("workspace")).doesNotExist();
  }

  @Test
  void failsAPlanThatChangesNothing() throws Exception {
    world.withSteps(write("README.md", "A shop.\n"));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.stage()).isEqualTo(Stage.DEVELOP);
    assertThat(failure.kind()).isEqualTo(FailureKind.NO_CHANGES);
    assertThat(failure.message()).contains("allow_empty: true");
    assertToldAtLast(failure);
    assertPushedNothing();
  }

  @Test
  void deliversAPlanThatMayChangeNothing() throws Exception {
    DevelopmentPlan plan = plan(write("README.md", "A shop.\n"));
    world.withPlan(
        new DevelopmentPlan(
            plan.steps(),
            plan.commitMessage(),
            plan.test(),
            plan.testTimeout(),
            true,
            TestPolicy.UNSAID));

    TaskOutcome outcome = world.runner().run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.backend.states(TASK)).endsWith(TaskState.DONE);
  }

  @Test
  void failsAtACommandThatFails() throws Exception {
    world.commands.answer("build", 42, "no rule\n");
    world.withSteps(write("login.txt", ""), run("build"), run("pack"));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure)
        .isEqualTo(
            new Failure(
                Stage.DEVELOP,
                FailureKind.COMMAND_FAILED,
                "step 2 (run build): 'build' exited with 42",
                OptionalInt.of(42)));
    assertToldAtLast(failure);
    assertThat(world.commands.executed()).containsExactly("build");
    assertPushedNothing();
  }

  @Test
  void failsAtACommandThatIsNotThere() throws Exception {
    world.commands.refuse("build");
    world.withSteps(write("login.txt", ""), run("build"));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.COMMAND_FAILED);
    assertThat(failure.message())
        .isEqualTo("step 2 (run build): could not run 'build': no such program on PATH");
  }

  @Test
  void failsAtAStepThatDoesNotFit() throws Exception {
    world.withSteps(
        new Step.Edit(new WorkspacePath("README.md"), "A market", "A mall", Step.Occurrences.ONCE));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.stage()).isEqualTo(Stage.DEVELOP);
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertPushedNothing();
  }

  @Test
  void endsACommandAfterItsTime() throws Exception {
    var second = Duration.ofSeconds(1);
    world.commands.answer("build", new CommandResult.TimedOut(second), "");
    world.withSteps(
        new Step.Run(
            ((Step.Run) run("build")).command(),
            Optional.empty(),
            Map.of(),
            Optional.of(second),
            Set.of(0)));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure)
        .isEqualTo(
            new Failure(
                Stage.DEVELOP,
                FailureKind.TIMEOUT,
                "step 1 (run build): 'build' was ended: it ran longer than 1.0 s"));
    assertThat(world.commands.commands().get(0).timeout()).isEqualTo(second);
    assertPushedNothing();
  }

  @Test
  void endsATaskAfterItsTime() throws Exception {
    takingTheirTime("build", Duration.ofMinutes(6));
    Task task = task(write("login.txt", ""), run("build"), run("pack"));
    world.withTask(
        task.withOptions(
            new TaskOptions(
                Optional.empty(), Optional.of(Duration.ofMinutes(5)), Optional.empty())));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat(failure.message()).endsWith("the task took longer than 5 min 00 s");
    assertThat(world.commands.executed()).containsExactly("build");
    assertPushedNothing();
  }

  @Test
  void pushesNothingAfterTheTimeOfTheTask() throws Exception {
    takingTheirTime("build", Duration.ofHours(3));
    world.withSteps(write("login.txt", ""), run("build"));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.stage()).isEqualTo(Stage.PUSH);
    assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
    assertPushedNothing();
  }

  @Test
  void failsAtABranchThatOthersMadeWithTheSameFile() throws Exception {
    world.commands.answer(
        "build",
        (command, output) -> {
          world.shop.seed(BRANCH.value(), Map.of("login.txt", "other\n"));
          return new CommandResult.Exited(0, Duration.ZERO);
        });
    world.withSteps(write("login.txt", ""), run("build"));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure.stage()).isEqualTo(Stage.PUSH);
    assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
    assertToldAtLast(failure);
    assertThat(world.shop.log(BRANCH.value())).hasSize(1);
  }

  @Test
  void failsAtADefectOfAnAdapter() throws Exception {
    world.commands.answer(
        "build",
        (command, output) -> {
          throw new IllegalStateException("oops");
        });
    world.withSteps(write("login.txt", ""), run("build"));

    Failure failure = failure(world.runner().run(TASK));

    assertThat(failure)
        .isEqualTo(
            new Failure(
                Stage.DEVELOP,
                FailureKind.INTERNAL,
                "internal error of the avatar: java.lang.IllegalStateException: oops"));
    assertToldAtLast(failure);
    assertPushedNothing();
  }

  @Test
  void mayComeAgainAfterAnUnreachableRepository() throws Exception {
    var ports = world.ports();
    var offline =
        OtherPorts.repository(
            ports,
            (request, progress) -> {
              throw new PortException(FailureKind.UNAVAILABLE, "could not clone: no route");
            });
    world.withSteps(write("login.txt", ""));

    TaskOutcome outcome = world.runner(offline, RunListener.NONE).run(TASK);

    var failure = new Failure(Stage.CLONE, FailureKind.UNAVAILABLE, "could not clone: no route");
    assertThat(outcome).isEqualTo(new TaskOutcome.Unavailable(failure, WorkSummary.NOTHING_YET));
    assertToldAtLast(failure);
  }

  private void takingTheirTime(String line, Duration time) {
    world.commands.answer(
        line,
        (command, output) -> {
          world.clock.advance(time);
          return new CommandResult.Exited(0, time);
        });
  }

  private static void writeFile(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DevelopmentPlan plan(Step... steps) {
    return DevelopmentPlan.of(steps);
  }

  private static Task task(Step... steps) {
    return RunWorld.task(TASK, BRANCH, new PlanSource.Structured(plan(steps)));
  }

  private void withPlanSource(PlanSource plan) {
    world.withTask(RunWorld.task(TASK, BRANCH, plan));
  }

  private static Failure failure(TaskOutcome outcome) {
    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    return ((TaskOutcome.Failed) outcome).failure();
  }

  private StatusUpdate lastUpdate() {
    List<StatusUpdate> updates = world.backend.updates(TASK);
    return updates.get(updates.size() - 1);
  }

  private void assertToldAtLast(Failure failure) {
    assertThat(lastUpdate().state()).isEqualTo(TaskState.FAILED);
    assertThat(lastUpdate().failure()).contains(failure);
    assertThat(lastUpdate().finishedAt()).contains(world.clock.instant());
    assertThat(world.backend.states(TASK)).containsOnlyOnce(TaskState.FAILED);
  }

  private void assertPushedNothing() {
    assertThat(world.shop.branches()).containsExactly("main");
    assertThat(world.shop.log("main")).hasSize(1);
  }

  private CommitId head() {
    return world.shop.headOf(BRANCH.value()).orElseThrow();
  }
}
