package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numa.avatar.plan.AgentBounds;
import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.plan.WorkspacePath;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.agent.AgentEvents;
import io.numa.avatar.port.agent.AgentLimit;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.agent.AgentRequest;
import io.numa.avatar.port.agent.AgentSession;
import io.numa.avatar.port.agent.CodingAgents;
import io.numa.avatar.task.Failure;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.TaskOptions;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.AgentReport;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A coding agent carries out prose and the agent's steps of plans. */
class TaskRunnerAgentTest {
  @TempDir Path folder;
  private RunWorld world;
  private final ScriptedCodingAgent agents = new ScriptedCodingAgent("qwen", "house");

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
  }

  @Test
  void deliversWhatAnAgentMadeOfProse() throws Exception {
    withProse("Let people log in, somehow.", TaskOptions.NONE);
    agents.turn(
        new AgentAction.Say("I write the log"),
        new AgentAction.Say("in.\n"),
        new AgentAction.Write("login.txt", "hello\n"),
        new AgentAction.Say("People can log in now."));

    TaskOutcome outcome = runner().run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.shop.files(BRANCH.value())).containsKey("login.txt");
    AgentReport report = last().work().agent().orElseThrow();
    assertThat(report.name()).isEqualTo("qwen");
    assertThat(report.version()).contains("1.0");
    assertThat(report.usage().toolCalls()).isEqualTo(1);
    assertThat(report.stop()).contains("completed");
    assertThat(report.summary()).contains("People can log in now.");
    assertThat(agents.closed()).isEqualTo(1);
  }

  @Test
  void tellsAnAgentItsTaskAndTheRules() throws Exception {
    withProse("Let people log in.\u202e {rules}", TaskOptions.NONE);
    agents.turn(new AgentAction.Write("login.txt", "hello\n"));

    runner().run(TASK);

    String prompt = agents.prompts().get(0).text();
    assertThat(prompt)
        .contains("Title: Let people log in", "Let people log in. {rules}")
        .contains("Do not commit", "No person answers questions", "tests")
        .doesNotContain("\u202e");
    assertThat(world.logFile()).contains("1 invisible character was taken out: 1 of U+202E");
  }

  @Test
  void logsWhatAnAgentSaysAndDoes() throws Exception {
    withProse("Let people log in.", TaskOptions.NONE);
    agents.turn(
        new AgentAction.Say("I begin. The key is s3cr3t-"),
        new AgentAction.Say("t0ken.\nNow "),
        new AgentAction.Plan(List.of("[x] think", "[ ] write")),
        new AgentAction.Call("npm test", "execute", "3 passed\n1 failed"),
        new AgentAction.Write("login.txt", "hello\n"),
        new AgentAction.Say("Done."));

    runner().run(TASK);

    assertThat(world.logFile().lines().map(line -> line.replaceFirst("^\\S+ ", "")))
        .containsSubsequence(
            "[develop] step 1 (agent)",
            "[develop] agent qwen works",
            "[develop] qwen: I begin. The key is ***.",
            "[develop] qwen: Now",
            "[develop] qwen's plan:",
            "[develop]     [x] think",
            "[develop]     [ ] write",
            "[develop] qwen -> npm test",
            "[develop]     3 passed",
            "[develop]     1 failed",
            "[develop] qwen -> Write login.txt",
            "[develop] qwen: Done.",
            "[develop] step 1 (agent): applied");
  }

  @Test
  void logsWhichFilesOfItsChangeTheTestsChanged() throws Exception {
    world.backend.addApplication(
        RunWorld.application(Optional.of(new TestCommand.Run(RunWorld.MAKE_TEST))));
    world.commands.answer(
        "make test",
        (command, output) -> {
          put(command.directory().resolve("login.txt"), "formatted\n");
          put(command.directory().resolve("left.txt"), "left\n");
          return new CommandResult.Exited(0, Duration.ZERO);
        });
    withProse("Let people log in.", TaskOptions.NONE);
    agents.turn(
        new AgentAction.Write("login.txt", "hello\n"), new AgentAction.Write("more.txt", "x\n"));

    assertThat(runner().run(TASK)).isInstanceOf(TaskOutcome.Delivered.class);

    assertThat(world.shop.read(BRANCH.value(), "login.txt")).isEqualTo("hello\n");
    assertThat(world.logFile())
        .contains(
            "[test] the tests changed login.txt: what was tested is not all that will be"
                + " committed\n");
  }

  private static void put(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void worksBetweenOtherSteps() throws Exception {
    world.withSteps(
        write("spec.txt", "a specification\n"),
        new Step.Agent("Build it.", Optional.of("house"), Optional.of("m1"), AgentBounds.NONE),
        new Step.Delete(new WorkspacePath("built.tmp"), false),
        run("check"));
    agents.turn(
        new AgentAction.Write("built.txt", "built\n"), new AgentAction.Write("built.tmp", "x"));

    TaskOutcome outcome = runner().run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.shop.files(BRANCH.value()).keySet())
        .containsExactlyInAnyOrder("README.md", "spec.txt", "built.txt");
    assertThat(agents.opened().get(0).agent()).isEqualTo("house");
    assertThat(agents.opened().get(0).model()).contains("m1");
  }

  @Test
  void holdsOneSessionAtATime() throws Exception {
    world.withSteps(
        new Step.Agent("One.", Optional.of("qwen"), Optional.empty(), AgentBounds.NONE),
        new Step.Agent("Two.", Optional.of("house"), Optional.empty(), AgentBounds.NONE),
        new Step.Agent("Three.", Optional.of("house"), Optional.of("m2"), AgentBounds.NONE));
    for (String file : List.of("a.txt", "b.txt", "c.txt")) {
      agents.turn(new AgentAction.Write(file, "x\n"));
    }
    var closedBefore = new ArrayList<Integer>();

    world.runner(world.ports().withAgents(watched(closedBefore)), RunListener.NONE).run(TASK);

    // With two sessions, a task could wait for a place that it or another waiting task holds.
    assertThat(closedBefore).containsExactly(0, 1, 2);
    assertThat(agents.opened()).extracting(AgentRequest::home).doesNotHaveDuplicates();
    assertThat(agents.closed()).isEqualTo(3);
  }

  @Test
  void failsWhereAnAgentChangesNothingThoughToldSo() throws Exception {
    withProse("Let people log in.", TaskOptions.NONE);
    agents.turn(new AgentAction.Say("It is done.")).turn(new AgentAction.Say("It is done!"));

    Failure failure = failure(runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.NO_CHANGES);
    assertThat(failure.stage()).isEqualTo(Stage.DEVELOP);
    assertThat(failure.message())
        .contains("the agent left the tree as it was; it said: It is done!");
    assertThat(agents.prompts()).hasSize(2);
    assertThat(agents.prompts().get(1).text()).contains("Nothing was changed");
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @Test
  void goesOnWhereAnAgentChangesSomethingWhenToldThatNothingWas() throws Exception {
    withProse("Let people log in.", TaskOptions.NONE);
    agents
        .turn(new AgentAction.Say("It is done."))
        .turn(new AgentAction.Write("login.txt", "hello\n"));

    TaskOutcome outcome = runner().run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(last().work().agent().orElseThrow().repairs()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void failsWithTheKindOfTheLimitThatEndedTheTurn(AgentLimit limit) throws Exception {
    withProse("Let people log in.", TaskOptions.NONE);
    agents.turn(new AgentAction.Write("login.txt", "hello\n"), new AgentAction.Exceed(limit));

    Failure failure = failure(runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(limit.kind());
    assertThat(failure.message()).contains("step 1 (agent): the agent was stopped: ");
    assertThat(world.shop.branches()).containsExactly("main");
  }

  @Test
  void failsWhereAnAgentRefuses() throws Exception {
    withProse("Let people log in.", TaskOptions.NONE);
    agents.turn(new AgentAction.Say("I will not."), new AgentAction.Refuse());

    Failure failure = failure(runner().run(TASK));

    assertThat(failure.kind()).isEqualTo(FailureKind.AGENT_REFUSED);
    assertThat(failure.message()).endsWith("the agent refused the work; it said: I will not.");
  }

  @Test
  void isUnavailableWhereAnAgentDoesNotStart() throws Exception {
    withProse("Let people log in.", TaskOptions.NONE);
    agents.failToOpen(new PortException(FailureKind.AGENT_UNAVAILABLE, "no such program"));

    TaskOutcome outcome = runner().run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Unavailable.class);
    assertThat(last().failure().orElseThrow().kind()).isEqualTo(FailureKind.AGENT_UNAVAILABLE);
  }

  @Test
  void leavesProseAtTheBackendWithoutAnAgent() {
    withProse("Let people log in.", TaskOptions.NONE);

    assertThatThrownBy(() -> world.runner().run(TASK))
        .isInstanceOfSatisfying(
            PortException.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.NO_AGENT);
              assertThat(failure).hasMessageContaining("'agents'");
            });

    assertThat(world.backend.states(TASK)).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void leavesProseAtTheBackendForAnAgentOfAnotherName() {
    withProse("Let people log in.", TaskOptions.NONE.withAgent(Optional.of("claude")));

    assertThatThrownBy(() -> runner().run(TASK))
        .hasMessage("there is no coding agent 'claude'; there are: qwen, house");

    assertThat(world.backend.states(TASK)).isEmpty();
  }

  @Test
  void leavesProseAtTheBackendWhileItsAgentIsOut() throws Exception {
    withProse("Let people log in.", TaskOptions.NONE);
    agents.turn(new AgentAction.Write("login.txt", "hello\n"));
    agents.takeOut("qwen", Instant.MAX);

    assertThatThrownBy(() -> runner().run(TASK))
        .isInstanceOfSatisfying(
            PortException.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.AGENT_UNAVAILABLE));
    assertThat(world.backend.states(TASK)).isEmpty();

    agents.takeBack("qwen");
    assertThat(runner().run(TASK)).isInstanceOf(TaskOutcome.Delivered.class);
  }

  @Test
  void failsAStepForAnUnknownAgentBeforeItClones() throws Exception {
    world.withSteps(
        write("login.txt", ""),
        new Step.Agent("Go on.", Optional.of("claude"), Optional.empty(), AgentBounds.NONE));

    Failure failure = failure(runner().run(TASK));

    assertThat(failure.stage()).isEqualTo(Stage.PLAN);
    assertThat(failure.kind()).isEqualTo(FailureKind.NO_AGENT);
    assertThat(failure.message())
        .isEqualTo(
            "step 2 (agent claude): there is no coding agent 'claude'; there are: qwen, house");
    assertThat(folder.resolve("workspace")).doesNotExist();
  }

  private void withProse(String words, TaskOptions options) {
    world.withTask(RunWorld.task(TASK, BRANCH, new PlanSource.Prose(words)).withOptions(options));
  }

  /** The agents; notes at each start how many sessions were closed. */
  private CodingAgents watched(List<Integer> closedBefore) {
    return new CodingAgents() {
      @Override
      public List<String> names() {
        return agents.names();
      }

      @Override
      public AgentLimits limits(String agent) {
        return agents.limits(agent);
      }

      @Override
      public AgentSession open(AgentRequest request, AgentEvents events)
          throws InterruptedException {
        closedBefore.add(agents.closed());
        return agents.open(request, events);
      }
    };
  }

  private TaskRunner runner() {
    return world.runner(world.ports().withAgents(agents), RunListener.NONE);
  }

  private static Failure failure(TaskOutcome outcome) {
    return ((TaskOutcome.Failed) outcome).failure();
  }

  private StatusUpdate last() {
    List<StatusUpdate> updates = world.backend.updates(TASK);
    StatusUpdate last = updates.get(updates.size() - 1);
    assertThat(last.state()).isNotEqualTo(TaskState.IN_PROGRESS);
    return last;
  }
}
