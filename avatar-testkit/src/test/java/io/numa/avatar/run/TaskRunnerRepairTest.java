package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MAKE_TEST;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.WorkSummary;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import io.numa.avatar.testkit.fixture.TreeFile;
import io.numa.avatar.workspace.ProtectedPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coding agent gets back what tests and guards refuse. */
class TaskRunnerRepairTest {
  private static final String GOOD = "good\n";
  private static final String BAD = "bad\n";

  private static final String PASSES =
      """
      1..2
      ok 1 - opens
      ok 2 - logs in
      """;

  private static final String FAILS =
      """
      1..2
      ok 1 - opens
      not ok 2 - logs in
        ---
        message: no s3cr3t-t0ken
        ...
      """;

  @TempDir Path folder;
  private RunWorld world;
  private final ScriptedCodingAgent agents = new ScriptedCodingAgent("qwen", "house");

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    world.backend.addApplication(RunWorld.application(Optional.of(new TestCommand.Run(MAKE_TEST))));
    world.commands.answer("make test", testing());
  }

  /** Tests that fail unless {@code login.txt} is good, and that leave a file behind. */
  private static CommandRunner testing() {
    return (command, output) -> {
      try {
        Path tree = command.directory();
        Files.writeString(tree.resolve("left-by-tests.txt"), "left\n");
        boolean good =
            Files.exists(tree.resolve("login.txt"))
                && Files.readString(tree.resolve("login.txt")).equals(GOOD);
        String text = "x".repeat(11_000) + "\n" + (good ? PASSES : FAILS);
        output.write(text.getBytes(UTF_8), 0, text.length());
        return new CommandResult.Exited(good ? 0 : 2, Duration.ofSeconds(3));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  @Test
  void repairsFailedTestsInTheSameSession() throws Exception {
    withProse();
    agents
        .turn(new AgentAction.Write("login.txt", BAD))
        .turn(new AgentAction.Write("login.txt", GOOD), new AgentAction.Say("Repaired."));

    TaskOutcome outcome = runner(2).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    Map<String, TreeFile> files = world.shop.files(BRANCH.value());
    assertThat(files.keySet()).containsExactlyInAnyOrder("README.md", "login.txt");
    assertThat(world.shop.read(BRANCH.value(), "login.txt")).isEqualTo(GOOD);
    assertThat(agents.opened()).hasSize(1);
    String brief = agents.prompts().get(1).text();
    assertThat(brief)
        .contains("There are 2 tries left", "make test", "exited with 2", "- logs in")
        .contains("characters are left out here", "not ok 2 - logs in")
        .doesNotContain("- opens\n    ", "s3cr3t-t0ken", "Let people log in");
    assertThat(work(outcome).agent().orElseThrow().repairs()).isEqualTo(1);
    assertThat(world.backend.updates(TASK).stream().map(update -> update.stage()).distinct())
        .containsSubsequence(Stage.DEVELOP, Stage.TEST, Stage.COMMIT);
  }

  @Test
  void tellsTheWholeStoryToAnAgentThatForgets() throws Exception {
    withProse();
    agents
        .forgetful()
        .turn(new AgentAction.Write("login.txt", BAD))
        .turn(new AgentAction.Write("login.txt", GOOD));

    assertThat(runner(2).run(TASK)).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(agents.prompts().get(1).text())
        .contains("Let people log in, somehow.", "Do not commit", "- logs in");
  }

  @Test
  void givesUpAfterAsManyRepairsAsAllowed() throws Exception {
    withProse();
    agents
        .turn(new AgentAction.Write("login.txt", BAD))
        .turn(new AgentAction.Write("login.txt", "worse\n"))
        .turn(new AgentAction.Write("login.txt", "worst\n"))
        .turn(new AgentAction.Write("login.txt", GOOD));

    Failure failure = failure(runner(2).run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(agents.prompts()).hasSize(3);
    assertThat(agents.prompts().get(2).text()).contains("This is the last try.");
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @Test
  void givesUpWhenARepairChangesNothing() throws Exception {
    withProse();
    agents
        .turn(new AgentAction.Write("login.txt", BAD))
        .turn(new AgentAction.Say("It is right."))
        .turn(new AgentAction.Write("login.txt", GOOD));

    Failure failure = failure(runner(5).run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(agents.prompts()).hasSize(2);
    assertThat(log()).contains("no more repairs: the agent changed nothing");
  }

  @Test
  void givesUpAtALimit() throws Exception {
    withProse();
    agents
        .turn(new AgentAction.Write("login.txt", BAD))
        .turn(
            new AgentAction.Write("login.txt", "half\n"), new AgentAction.Exceed(AgentLimit.TURNS));

    TaskOutcome outcome = runner(5).run(TASK);

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.TESTS_FAILED);
    assertThat(work(outcome).agent().orElseThrow().stop()).contains("turns");
    assertThat(agents.prompts()).hasSize(2);
  }

  @Test
  void failsWithTheAgentThatFailsAtARepair() throws Exception {
    withProse();
    agents
        .turn(new AgentAction.Write("login.txt", BAD))
        .turn(new AgentAction.Fail(FailureKind.AGENT_LOGIN, "401"));

    assertThat(failure(runner(5).run(TASK)).kind()).isEqualTo(FailureKind.AGENT_LOGIN);
  }

  @Test
  void givesGuardsBack() throws Exception {
    withProse();
    agents
        .turn(new AgentAction.Write("login.txt", GOOD), new AgentAction.Write("ci/deploy.yml", "x"))
        .turn(new AgentAction.Delete("ci/deploy.yml"));
    var guard =
        new Guard(
            new ProtectedPaths(List.of("ci/**")),
            Guard.DEFAULTS.maxFiles(),
            Guard.DEFAULTS.maxFileSize(),
            Guard.DEFAULTS.maxChangeSize());

    TaskOutcome outcome = runner(settings(1).withGuard(guard)).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(agents.prompts().get(0).text())
        .contains("A change of these paths is refused: ci/**");
    assertThat(agents.prompts().get(1).text())
        .contains("'ci/deploy.yml' is protected by guard.protected_paths: ci/**");
    assertThat(world.logFile())
        .containsPattern("repair 1 of 1: .*'ci/deploy.yml' is protected by guard.protected_paths");
    assertThat(world.shop.files(BRANCH.value()).keySet())
        .containsExactlyInAnyOrder("README.md", "login.txt");
  }

  @Test
  void neverPushesASecret() throws Exception {
    withProse();
    agents.turn(
        new AgentAction.Write("login.txt", GOOD),
        new AgentAction.Write("key.txt", RunWorld.SECRET + "\n"));

    TaskOutcome outcome = runner(1).run(TASK);

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.DENIED);
    assertThat(agents.prompts().get(1).text()).contains("'key.txt'");
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @Test
  void doesNotRepairWhatNoAgentMade() throws Exception {
    world.withSteps(write("login.txt", BAD));

    assertThat(failure(runner(2).run(TASK)).kind()).isEqualTo(FailureKind.TESTS_FAILED);

    assertThat(agents.prompts()).isEmpty();
  }

  @Test
  void handsFailedTestsOfAPlanToTheAgentForRepairs() throws Exception {
    var repair = new RepairPolicy(OptionalInt.of(1), Optional.of("house"));
    var policy = new TestPolicy(Optional.empty(), Optional.empty(), repair, Optional.empty());
    world.withPlan(DevelopmentPlan.of(write("login.txt", BAD)).withTestPolicy(policy));
    agents.turn(new AgentAction.Write("login.txt", GOOD));

    TaskOutcome outcome = runner(0).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(agents.prompts().get(0).agent()).isEqualTo("house");
    assertThat(agents.prompts().get(0).text())
        .contains("carried out without you", "- logs in", "This is the last try.");
  }

  @Test
  void repairsWhatAReplayBreaks() throws Exception {
    withPlan(
        new Step.Agent("Log in.", Optional.empty(), Optional.empty(), AgentBounds.NONE),
        run("race"));
    agents
        .turn(new AgentAction.Write("login.txt", GOOD))
        .turn(new AgentAction.Write("fixed.txt", "fixed\n"));
    world.shop.seed(BRANCH.value(), Map.of("README.md", "A shop.\n"));
    world.commands.answer(
        "race",
        (command, output) -> {
          world.shop.commit(BRANCH.value(), "other", Map.of("break.txt", TreeFile.of("break\n")));
          return new CommandResult.Exited(0, Duration.ZERO);
        });
    world.commands.answer(
        "make test",
        (command, output) -> {
          boolean broken =
              Files.exists(command.directory().resolve("break.txt"))
                  && !Files.exists(command.directory().resolve("fixed.txt"));
          return new CommandResult.Exited(broken ? 1 : 0, Duration.ZERO);
        });

    TaskOutcome outcome = runner(1).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.shop.files(BRANCH.value()).keySet())
        .contains("login.txt", "break.txt", "fixed.txt");
    assertThat(agents.opened()).hasSize(1);
  }

  @Test
  void keepsTheChangeOfAFailedTaskForItsOperator() throws Exception {
    withProse();
    agents.turn(
        new AgentAction.Write("login.txt", BAD),
        new AgentAction.Write("key.txt", RunWorld.SECRET + "\n"),
        new AgentAction.Refuse());

    TaskOutcome outcome = runner(2).run(TASK);

    assertThat(failure(outcome).kind()).isEqualTo(FailureKind.AGENT_REFUSED);
    KeptPatch kept = work(outcome).keptPatch().orElseThrow();
    Path file = Path.of(kept.path());
    assertThat(file.toString()).matches(".*/logs/T-1/[0-9a-f-]{36}\\.patch");
    assertThat(file).content().contains("+bad", "+" + RunWorld.SECRET);
    assertThat(Files.size(file)).isEqualTo(kept.bytes());
    assertThat(kept.sha256()).hasSize(64);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(last().work().keptPatch()).contains(kept);
  }

  @Test
  void keepsNoFilesThatTestsHaveLeft() throws Exception {
    withProse();
    agents.turn(new AgentAction.Write("login.txt", BAD));

    TaskOutcome outcome = runner(0).run(TASK);

    assertThat(Path.of(work(outcome).keptPatch().orElseThrow().path()))
        .content()
        .contains("login.txt")
        .doesNotContain("left-by-tests.txt");
  }

  @Test
  void keepsNothingWhereNothingWasChangedOrNoAgentWorked() throws Exception {
    withProse();
    assertThat(work(runner(0).run(TASK)).keptPatch()).isEmpty();

    world.withSteps(write("login.txt", BAD));
    assertThat(work(runner(0).run(TASK)).keptPatch()).isEmpty();
  }

  private void withProse() {
    world.withTask(
        RunWorld.task(TASK, BRANCH, new PlanSource.Prose("Let people log in, somehow.")));
  }

  private void withPlan(Step... steps) {
    world.withSteps(steps);
  }

  private RunSettings settings(int repairs) {
    return world.settings().withAgents(new RunSettings.AgentPolicy(repairs, Optional.empty()));
  }

  private TaskRunner runner(int repairs) {
    return runner(settings(repairs));
  }

  private TaskRunner runner(RunSettings settings) {
    return new TaskRunner(
        world.ports().withAgents(agents), settings, RunListener.NONE, world.clock);
  }

  private String log() throws IOException {
    for (Path file : world.filesLeft()) {
      if (file.toString().endsWith(".log")) {
        return Files.readString(file);
      }
    }
    throw new AssertionError("no log");
  }

  private static Failure failure(TaskOutcome outcome) {
    return ((TaskOutcome.Failed) outcome).failure();
  }

  private static WorkSummary work(TaskOutcome outcome) {
    return outcome instanceof TaskOutcome.Failed failed
        ? failed.work()
        : ((TaskOutcome.Delivered) outcome).work();
  }

  private StatusUpdate last() {
    var all = world.backend.updates(TASK);
    return all.get(all.size() - 1);
  }
}
