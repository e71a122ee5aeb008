package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MAKE_TEST;
import static io.numa.avatar.run.RunWorld.MVN;
import static io.numa.avatar.run.RunWorld.TASK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.TestPolicy.Dilution;
import io.numa.avatar.plan.TestPolicy.FailOn;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.ChangeReport;
import io.numa.avatar.task.agent.DilutedTests;
import io.numa.avatar.task.agent.DilutedTests.Verdict;
import io.numa.avatar.testkit.ScriptedTestDetection;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import io.numa.avatar.testkit.fixture.TreeFile;
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
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A coding agent that weakens tests, or changes how they are run. The tests of these projects are
 * the lines of the files in {@code tests}: {@code has WORD} passes if {@code app.txt} has the word,
 * {@code skip WORD} is skipped, and {@code use WORD} does not build unless it has the word.
 */
class TaskRunnerDilutionTest {
  private static final String CART = "tests/cart.txt";

  @TempDir Path folder;
  private RunWorld world;
  private final ScriptedCodingAgent agents = new ScriptedCodingAgent("qwen");
  private Optional<Dilution> policy = Optional.empty();
  private Optional<FailOn> failOn = Optional.empty();
  private int repairs;

  /** How many runs of the tests fail at random, by the number of the run. */
  private int flakyRun = -1;

  private int runs;

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    world.backend.addApplication(RunWorld.application(Optional.empty()));
    world.shop.seed(
        "main",
        Map.of("Makefile", "", "app.txt", "sum tax\n", CART, "has sum\nhas tax\n", "lib.txt", "x"));
    for (CommandLine line : List.of(MAKE_TEST, MVN)) {
      world.commands.answer(line.display(), (command, output) -> test(command));
    }
    world.withTask(RunWorld.task(TASK, BRANCH, new PlanSource.Prose("Change the cart.")));
  }

  private CommandResult test(Command command) {
    runs++;
    Path tree = command.directory();
    try {
      String app = Files.readString(tree.resolve("app.txt"));
      var report = new StringBuilder("<testsuite>");
      int exit = 0;
      for (String line : testLines(tree)) {
        String verb = line.split(" ", -1)[0];
        boolean there = app.contains(line.split(" ", -1)[1]);
        if (verb.equals("use") && !there) {
          return new CommandResult.Exited(2, Duration.ZERO);
        }
        boolean fails = verb.equals("has") && (!there || runs == flakyRun);
        exit = fails ? 1 : exit;
        report
            .append("<testcase name='" + line + "'>")
            .append(fails ? "<failure message='it is not there'/>" : "")
            .append(verb.equals("skip") ? "<skipped/>" : "")
            .append("</testcase>");
      }
      Path file = tree.resolve("junit.xml");
      Files.writeString(file, report.append("</testsuite>"));
      Files.setLastModifiedTime(file, FileTime.from(world.clock.instant()));
      return new CommandResult.Exited(exit, Duration.ZERO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> testLines(Path tree) throws IOException {
    if (!Files.isDirectory(tree.resolve("tests"))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(tree.resolve("tests"))) {
      var lines = new ArrayList<String>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    }
  }

  private ProjectFile read(byte[] content) {
    String text = new String(content, UTF_8).strip();
    if (text.startsWith("dilution ")) {
      return new ProjectFile(
          Optional.empty(), Optional.of(Dilution.of(text.substring(9))), Optional.empty());
    }
    if (text.equals("broken")) {
      throw new PortException(FailureKind.INVALID_PLAN, "could not read .numa.yaml: broken");
    }
    return ProjectFile.ofTest(TestCommand.ofLine(text));
  }

  private TaskOutcome perform() throws InterruptedException {
    var settings =
        world
            .settings()
            .withTestPolicy(
                new TestPolicy(
                    Optional.empty(),
                    failOn,
                    new RepairPolicy(OptionalInt.of(repairs), Optional.empty()),
                    policy));
    Ports ports =
        world
            .ports()
            .withAgents(agents)
            .withProjectSettings(this::read)
            .withTestDetection(
                new ScriptedTestDetection(Map.of("Makefile", MAKE_TEST, "pom.xml", MVN)));
    return new TaskRunner(ports, settings, RunListener.NONE, world.clock).run(TASK);
  }

  private static Optional<DilutedTests> diluted(TaskOutcome outcome) {
    return work(outcome).tests().orElseThrow().diluted();
  }

  private static WorkSummary work(TaskOutcome outcome) {
    return outcome instanceof TaskOutcome.Delivered delivered
        ? delivered.work()
        : ((TaskOutcome.Failed) outcome).work();
  }

  private static Failure failure(TaskOutcome outcome) {
    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    return ((TaskOutcome.Failed) outcome).failure();
  }

  private static AgentAction write(String path, String text) {
    return new AgentAction.Write(path, text);
  }

  @Test
  void tellsThatTheBaseCommitsTestsFailOnTheChange() throws Exception {
    agents.turn(write("app.txt", "sum\n"), write(CART, "has sum\n"));

    TaskOutcome outcome = perform();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(diluted(outcome))
        .contains(
            new DilutedTests(
                List.of(CART), Verdict.FAILED, 1, List.of("has tax: it is not there")));
    assertThat(world.shop.read(BRANCH.value(), CART)).isEqualTo("has sum\n");
    assertThat(world.shop.files(BRANCH.value())).doesNotContainKey("junit.xml");
    assertThat(world.logFile()).contains("with the base commit's versions of the tests");
  }

  @Test
  void refusesWeakenedTestsWhereThePolicySaysSo() throws Exception {
    policy = Optional.of(Dilution.FAIL);
    agents.turn(write("app.txt", "sum\n"), write(CART, "has sum\n"));

    Failure failure = failure(perform());

    assertThat(failure.kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(failure.message())
        .contains("1 test fewer ran", "tests fail:", "has tax: it is not there", CART);
    assertThat(world.shop.branches()).doesNotContain(BRANCH.value());
  }

  @Test
  void givesWeakenedTestsBackToTheAgent() throws Exception {
    policy = Optional.of(Dilution.FAIL);
    repairs = 1;
    agents
        .turn(write("app.txt", "sum\n"), write(CART, "has sum\n"))
        .turn(write("app.txt", "sum tax\n"), write(CART, "has sum\nhas tax\nhas s\n"));

    TaskOutcome outcome = perform();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(agents.prompts().get(1).text()).contains("has tax: it is not there");
    assertThat(diluted(outcome))
        .contains(new DilutedTests(List.of(CART), Verdict.PASSED, 0, List.of()));
  }

  @Test
  void deliversWeakenedTestsAfterTheRepairsWhereThePolicyIsToRepair() throws Exception {
    policy = Optional.of(Dilution.REPAIR);
    repairs = 1;
    agents
        .turn(write("app.txt", "sum\n"), write(CART, "has sum\n"))
        .turn(new AgentAction.Say("That is right so."));

    TaskOutcome outcome = perform();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(agents.prompts()).hasSize(2);
    assertThat(diluted(outcome).orElseThrow().weakened()).isTrue();
  }

  @Test
  void letsTheProjectMakeThePolicyStricter() throws Exception {
    world.shop.seed("main", Map.of(ProjectFile.NAME, "dilution fail"));
    policy = Optional.of(Dilution.REPORT);
    agents.turn(write(CART, "has sum\n"), write(ProjectFile.NAME, "dilution report"));

    assertThat(failure(perform()).kind()).isEqualTo(FailureKind.TESTS_FAILED);
  }

  @Test
  void countsDeletedAndSkippedTests() throws Exception {
    agents.turn(write(CART, "skip sum\nhas tax\n"));
    assertThat(diluted(perform()))
        .contains(new DilutedTests(List.of(CART), Verdict.PASSED, 1, List.of()));
  }

  @Test
  void runsDeletedTestsOfTheBaseCommit() throws Exception {
    agents.turn(new AgentAction.Delete(CART), write("app.txt", "nothing\n"));

    TaskOutcome outcome = perform();

    assertThat(diluted(outcome).orElseThrow().verdict()).isEqualTo(Verdict.FAILED);
    assertThat(diluted(outcome).orElseThrow().fewer()).isEqualTo(2);
    assertThat(work(outcome).changes()).contains(new ChangeReport(2, 1, 3, 0, 1, false));
    assertThat(world.shop.files(BRANCH.value())).doesNotContainKey(CART);
  }

  /** A renamed API: the base commit's tests do not compile. */
  @Test
  void reportsTestsThatCannotBeBuiltAndGivesThemBackOnce() throws Exception {
    world.shop.seed("main", Map.of("app.txt", "oldName\n", CART, "use oldName\nhas oldName\n"));
    policy = Optional.of(Dilution.FAIL);
    repairs = 3;
    agents
        .turn(write("app.txt", "newName\n"), write(CART, "use newName\nhas newName\n"))
        .turn(write("app.txt", "newName, indeed\n"));

    TaskOutcome outcome = perform();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(agents.prompts()).hasSize(2);
    assertThat(agents.prompts().get(1).text()).contains("could not be built or started");
    assertThat(diluted(outcome))
        .contains(new DilutedTests(List.of(CART), Verdict.NOT_BUILT, 0, List.of()));
  }

  /** Of such a tool, only the exit code and the last lines are known. */
  @ParameterizedTest
  @CsvSource({
    "1, 1 of 2 checks failed, FAILED",
    "1, app.c:3: undefined reference to `sum', NOT_BUILT",
    "127, no, NOT_BUILT",
    "139, no, FAILED",
    "255, PHP Fatal error:  Compilation failed, NOT_BUILT"
  })
  void judgesToolsWithoutReportsByWhatTheyPrint(int code, String line, Verdict verdict)
      throws Exception {
    world.commands.answer(
        MAKE_TEST.display(),
        (command, output) -> {
          byte[] printed = (line + "\n").getBytes(UTF_8);
          output.write(printed, 0, printed.length);
          try {
            String test = Files.readString(command.directory().resolve(CART));
            return new CommandResult.Exited(test.equals("weak\n") ? 0 : code, Duration.ZERO);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    agents.turn(write(CART, "weak\n"));

    TaskOutcome outcome = perform();

    assertThat(diluted(outcome)).contains(new DilutedTests(List.of(CART), verdict, 0, List.of()));
  }

  @Test
  void countsTestsThatNoFileOfTestsLeftOut() throws Exception {
    failOn = Optional.of(FailOn.NEW);
    policy = Optional.of(Dilution.FAIL);
    world.commands.answer(
        MAKE_TEST.display(),
        (command, output) -> {
          try {
            if (Files.readString(command.directory().resolve("lib.txt")).equals("exclude")) {
              Files.writeString(command.directory().resolve(CART), "has sum\n");
            }
            return test(command);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    agents.turn(write("lib.txt", "exclude"));

    assertThat(failure(perform()).message()).isEqualTo("1 test fewer ran than on the base commit");
  }

  @Test
  void runsTheTestsOnceWhereTheChangeAddsTestsOnly() throws Exception {
    agents.turn(write("tests/more.txt", "has sum\n"), write("lib.txt", "y"));

    TaskOutcome outcome = perform();

    assertThat(runs).isEqualTo(1);
    assertThat(diluted(outcome)).isEmpty();
    assertThat(work(outcome).changes()).contains(new ChangeReport(2, 2, 1, 0, 0, false));
  }

  @Test
  void leavesPlansWithoutAgentsAlone() throws Exception {
    world.withTask(
        RunWorld.task(
            TASK,
            BRANCH,
            new PlanSource.Structured(
                DevelopmentPlan.of(RunWorld.write(CART, "has sum\n"), RunWorld.write("b", "")))));

    TaskOutcome outcome = perform();

    assertThat(runs).isEqualTo(1);
    assertThat(diluted(outcome)).isEmpty();
    assertThat(work(outcome).changes().orElseThrow().testsChanged()).isEqualTo(1);
  }

  @Test
  void doesNotBlameAChangeForOldFailures() throws Exception {
    world.shop.seed("main", Map.of(CART, "has sum\nhas tax\nhas old\n"));
    failOn = Optional.of(FailOn.NEW);
    policy = Optional.of(Dilution.FAIL);
    agents.turn(write(CART, "has sum\nhas tax\nhas old\nhas su\n"));

    TaskOutcome outcome = perform();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(diluted(outcome))
        .contains(new DilutedTests(List.of(CART), Verdict.PASSED, 0, List.of()));
  }

  @Test
  void doesNotBlameAChangeForATestThatFailsOnlyOnce() throws Exception {
    policy = Optional.of(Dilution.FAIL);
    flakyRun = 2;
    agents.turn(write(CART, "has sum\nhas tax\nhas su\n"));

    TaskOutcome outcome = perform();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(runs).isEqualTo(3);
  }

  @Test
  void testsAsTheBaseCommitSaysWhereAnAgentRewroteTheProjectsFile() throws Exception {
    world.shop.seed("main", Map.of(ProjectFile.NAME, MAKE_TEST.display()));
    agents.turn(write(ProjectFile.NAME, "true"), write("app.txt", "sum\n"));

    TaskOutcome outcome = perform();

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(world.commands.executed()).containsExactly(MAKE_TEST.display());
    assertThat(work(outcome).changes().orElseThrow().testSetupChanged()).isTrue();
  }

  @Test
  void testsAsTheBaseCommitSaysWhereAnAgentBrokeTheProjectsFile() throws Exception {
    agents.turn(write(ProjectFile.NAME, "broken"), write("app.txt", "sum tax more\n"));

    TaskOutcome outcome = perform();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.commands.executed()).containsExactly(MAKE_TEST.display());
    assertThat(work(outcome).changes().orElseThrow().testSetupChanged()).isTrue();
  }

  @Test
  void testsAsTheBaseCommitIsDetectedWhereAnAgentMadeItAnotherProject() throws Exception {
    agents.turn(new AgentAction.Delete("Makefile"), write("pom.xml", ""), write("lib.txt", "y"));

    TaskOutcome outcome = perform();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.commands.executed()).containsOnly(MAKE_TEST.display());
    assertThat(work(outcome).changes().orElseThrow().testSetupChanged()).isTrue();
    assertThat(world.logFile()).contains("the base commit's way counts");
  }

  /** The command line is the same: what it runs is in the makefile. */
  @Test
  void testsWithTheBaseCommitsScriptsTooWhereAnAgentRewroteThem() throws Exception {
    policy = Optional.of(Dilution.FAIL);
    world.commands.answer(
        MAKE_TEST.display(),
        (command, output) -> {
          try {
            boolean cheated =
                Files.readString(command.directory().resolve("Makefile")).equals("true");
            return cheated ? new CommandResult.Exited(0, Duration.ZERO) : test(command);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    agents.turn(write("Makefile", "true"), write("app.txt", "sum\n"));

    TaskOutcome outcome = perform();

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(diluted(outcome).orElseThrow())
        .isEqualTo(
            new DilutedTests(
                List.of("Makefile"), Verdict.FAILED, 2, List.of("has tax: it is not there")));
    assertThat(work(outcome).changes().orElseThrow().testSetupChanged()).isTrue();
  }

  @Test
  void letsAnAgentAddTestsWhereThereWereNone() throws Exception {
    world.shop.commit("main", "no tests", Map.of("Makefile", TreeFile.link("nowhere")));
    agents.turn(write("pom.xml", ""), write("lib.txt", "y"));

    TaskOutcome outcome = perform();

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.commands.executed()).containsExactly(MVN.display());
    assertThat(work(outcome).changes().orElseThrow().testSetupChanged()).isFalse();
  }
}
