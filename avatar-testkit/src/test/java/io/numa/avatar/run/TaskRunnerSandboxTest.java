package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.MAKE_TEST;
import static io.numa.avatar.run.RunWorld.SHOP;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.RepairPolicy;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.TestPolicy;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.sandbox.WorkKind;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.sandbox.RefusedHost;
import io.numa.avatar.task.sandbox.SandboxProfile;
import io.numa.avatar.task.sandbox.SandboxReport;
import io.numa.avatar.testkit.ScriptedSandboxes;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the sandboxes of commands and agents mean for tasks. */
class TaskRunnerSandboxTest {
  private static final String PROBLEM = "no sandbox here: install bubblewrap";

  @TempDir Path folder;
  private RunWorld world;
  private final ScriptedSandboxes sandboxes = new ScriptedSandboxes();
  private final ScriptedCodingAgent agents = new ScriptedCodingAgent("qwen");

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
  }

  @ParameterizedTest
  @EnumSource(WorkKind.class)
  void leavesATaskToOthersWhileItLacksASandboxForIt(WorkKind kind) throws Exception {
    needing(kind);
    sandboxes.lacking(kind, PROBLEM);

    PortException left =
        catchThrowableOfType(PortException.class, () -> runner(RunListener.NONE).run(TASK));

    assertThat(left.kind()).isEqualTo(FailureKind.SANDBOX_UNAVAILABLE);
    assertThat(left).hasMessage(PROBLEM);
    assertThat(world.backend.states(TASK)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(WorkKind.class)
  void takesATaskThatNeedsNoSandboxOfTheKindThatItLacks(WorkKind kind) throws Exception {
    world.withPlan(
        DevelopmentPlan.of(write("login.txt", "hello\n")).withTest(new TestCommand.None()));
    sandboxes.lacking(kind, PROBLEM);

    assertThat(runner(RunListener.NONE).run(TASK)).isInstanceOf(TaskOutcome.Delivered.class);
  }

  @Test
  void hidesSecretsThatItsSandboxesLearnBeforeTheFirstTask() throws Exception {
    world.withSteps(write("login.txt", "hello\n"), run("fetch"));
    world.commands.answer("fetch", 0, "logged in with registry-secret\n");
    RunSettings settings = world.settings();
    sandboxes.preparing(() -> settings.redactor().add(new Secret("registry-secret")));
    Ports ports = world.ports().withSandboxes(sandboxes);

    new TaskRunner(ports, settings, RunListener.NONE, world.clock).run(TASK);

    assertThat(world.logFile()).contains("logged in with ***").doesNotContain("registry-secret");
  }

  @Test
  void needsASandboxForAnAgentThatRepairs() {
    world.withPlan(
        DevelopmentPlan.of(write("login.txt", "hello\n"))
            .withTestPolicy(
                new TestPolicy(
                    Optional.empty(),
                    Optional.empty(),
                    new RepairPolicy(OptionalInt.of(1), Optional.of("qwen")),
                    Optional.empty())));
    sandboxes.lacking(WorkKind.AGENT, PROBLEM);

    assertThat(
            catchThrowableOfType(PortException.class, () -> runner(RunListener.NONE).run(TASK))
                .kind())
        .isEqualTo(FailureKind.SANDBOX_UNAVAILABLE);
  }

  @Test
  void failsATaskBeforeItsCloneIfItsRepositoryHasNoSandbox() throws Exception {
    needing(WorkKind.RUN);
    sandboxes.lacking(SHOP, PROBLEM);

    Failure failure = failure(runner(RunListener.NONE).run(TASK));

    assertThat(failure)
        .isEqualTo(
            new Failure(Stage.PLAN, FailureKind.SANDBOX_UNAVAILABLE, PROBLEM, OptionalInt.empty()));
    assertThat(folder.resolve("workspace")).doesNotExist();
  }

  @Test
  void startsNoCommandIfItsSandboxHasGoneSince() throws Exception {
    needing(WorkKind.RUN);
    RunListener looser =
        new RunListener() {
          @Override
          public void entered(TaskId task, Stage stage) {
            if (stage == Stage.DEVELOP) {
              sandboxes.lacking(WorkKind.RUN, PROBLEM);
            }
          }
        };

    Failure failure = failure(runner(looser).run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.SANDBOX_UNAVAILABLE);
    assertThat(world.commands.commands()).isEmpty();
  }

  @Test
  void tellsTheSandboxOfEachKindOnceAndReportsTheWeakest() throws Exception {
    world.backend.addApplication(RunWorld.application(Optional.of(new TestCommand.Run(MAKE_TEST))));
    world.withSteps(
        write("login.txt", "hello\n"), run("build"), run("build", "docs"), Step.Agent.of("Go on."));
    agents.turn(new AgentAction.Write("agent.txt", "hello\n"));
    var weak =
        new SandboxReport(
            SandboxProfile.EGRESS, "landlock", List.of("network", "files"), List.of());
    sandboxes.with(WorkKind.AGENT, weak);

    TaskOutcome outcome = runner(RunListener.NONE).run(TASK);

    assertThat(world.logFile().lines().filter(line -> line.contains(" sandbox: ")))
        .extracting(line -> line.replaceFirst("^\\S+ ", ""))
        .containsExactly(
            "[develop] sandbox: egress by bubblewrap",
            "[develop] sandbox: egress by landlock, lacks: network, files",
            "[test] sandbox: egress by bubblewrap");
    assertThat(outcome.summary().orElseThrow().sandbox()).contains(weak);
  }

  @Test
  void tellsEachRefusedHostOnceWithoutSecrets() throws Exception {
    world.withSteps(
        write("login.txt", "hello\n"), run("build"), run("build", "docs"), Step.Agent.of("Go on."));
    world.commands.answer("build", (command, output) -> refuse("db.example.com", 5432));
    world.commands.answer("build docs", (command, output) -> refuse("db.example.com", 5432));
    agents.turn(new AgentAction.Write("agent.txt", "hello\n"));
    world.commands.answer(
        "build docs", (command, output) -> refuse(RunWorld.SECRET + ".example.com", 443));

    TaskOutcome outcome = runner(RunListener.NONE).run(TASK);

    assertThat(world.logFile().lines().filter(line -> line.contains("sandbox.allow")))
        .extracting(line -> line.replaceFirst("^\\S+ ", ""))
        .containsExactly(
            "[develop] db.example.com:5432 is not in sandbox.allow;"
                + " add it there if tasks may reach it",
            "[develop] ***.example.com:443 is not in sandbox.allow;"
                + " add it there if tasks may reach it");
    assertThat(outcome.summary().orElseThrow().sandbox().orElseThrow().refused())
        .containsExactly(
            new RefusedHost("db.example.com", 5432, 1), new RefusedHost("***.example.com", 443, 1));
    assertThat(world.shop.files(BRANCH.value())).containsKey("agent.txt");
  }

  /** A child that outlives its command is refused a host while no command ends. */
  @Test
  void tellsHostsThatAreRefusedBetweenTwoCommands() throws Exception {
    world.withSteps(write("login.txt", "hello\n"), run("build"), Step.Agent.of("Go on."));
    sandboxes.with(
        WorkKind.AGENT,
        new SandboxReport(SandboxProfile.EGRESS, "landlock", List.of("network"), List.of()));
    agents.turn(new AgentAction.Write("agent.txt", "hello\n"));
    RunListener late =
        new RunListener() {
          @Override
          public void printed(TaskId task, String text) {
            if (text.contains("exited with")) {
              sandboxes.refuse("db.example.com", 5432);
            }
          }
        };

    TaskOutcome outcome = runner(late).run(TASK);

    assertThat(outcome.summary().orElseThrow().sandbox().orElseThrow().refused())
        .containsExactly(new RefusedHost("db.example.com", 5432, 1));
    assertThat(world.logFile().lines().filter(line -> line.contains("db.example.com:5432")))
        .hasSize(1);
  }

  private CommandResult refuse(String host, int port) {
    sandboxes.refuse(host, port);
    return new CommandResult.Exited(0, Duration.ZERO);
  }

  /** Adds a task that needs one kind of work. */
  private void needing(WorkKind kind) {
    var none = Optional.<TestCommand>of(new TestCommand.None());
    switch (kind) {
      case RUN -> world.withPlan(DevelopmentPlan.of(run("build")).withTest(none.get()));
      case TEST ->
          world.withPlan(
              DevelopmentPlan.of(write("login.txt", "hello\n"))
                  .withTest(new TestCommand.Run(MAKE_TEST)));
      case AGENT ->
          world.withTask(
              RunWorld.task(TASK, BRANCH, new PlanSource.Prose("Let people log in."))
                  .withOptions(new TaskOptions(none, Optional.empty(), Optional.empty())));
    }
  }

  private TaskRunner runner(RunListener listener) {
    return world.runner(world.ports().withAgents(agents).withSandboxes(sandboxes), listener);
  }

  private static Failure failure(TaskOutcome outcome) {
    return ((TaskOutcome.Failed) outcome).failure();
  }
}
