package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.BRANCH;
import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.PlanSource;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.StatusUpdate;
import io.numa.avatar.port.agent.AgentLimits;
import io.numa.avatar.port.journal.Journal;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.TaskOutcome;
import io.numa.avatar.task.TaskState;
import io.numa.avatar.task.agent.AgentUsage;
import io.numa.avatar.task.agent.KeptPatch;
import io.numa.avatar.testkit.agent.AgentAction;
import io.numa.avatar.testkit.agent.ScriptedCodingAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The avatar is stopped while an agent works, and the next process continues the task. A process
 * that was killed is one whose thread stands still for ever, as an agent hangs.
 */
class TaskRunnerAgentKillTest {
  private static final String EARLIER = "# Earlier attempt";

  @TempDir Path folder;
  private RunWorld world;
  private final Journal journal = Lasting.journal();
  private final ScriptedCodingAgent agents = new ScriptedCodingAgent("qwen");

  /** Where in a session the avatar is killed. */
  private enum Phase {
    /** The agent has done nothing yet. */
    BEGUN("") {
      @Override
      void play(ScriptedCodingAgent agents) {
        agents.turn(new AgentAction.Use(usage(30)), new AgentAction.Hang());
      }
    },
    CHANGED("+half\n") {
      @Override
      void play(ScriptedCodingAgent agents) {
        agents.turn(
            new AgentAction.Use(usage(30)),
            new AgentAction.Write("login.txt", "half\n"),
            new AgentAction.Hang());
      }
    },
    INSISTED_ON("+late\n") {
      @Override
      void play(ScriptedCodingAgent agents) {
        agents
            .turn(new AgentAction.Use(usage(10)))
            .turn(
                new AgentAction.Use(usage(20)),
                new AgentAction.Write("login.txt", "late\n"),
                new AgentAction.Hang());
      }
    },
    REPAIRING("+worse\n") {
      @Override
      void play(ScriptedCodingAgent agents) {
        agents
            .turn(new AgentAction.Write("login.txt", "bad\n"), new AgentAction.Use(usage(10)))
            .turn(
                new AgentAction.Use(usage(20)),
                new AgentAction.Write("login.txt", "worse\n"),
                new AgentAction.Hang());
      }
    };

    /** What the prompt of the next attempt has of the change. */
    private final String change;

    Phase(String change) {
      this.change = change;
    }

    abstract void play(ScriptedCodingAgent agents);
  }

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
    world.backend.addApplication(
        RunWorld.application(Optional.of(new TestCommand.Run(RunWorld.MAKE_TEST))));
    world.commands.answer(
        "make test",
        (command, output) -> {
          Path file = command.directory().resolve("login.txt");
          boolean good = Files.exists(file) && content(file).equals("good\n");
          return new CommandResult.Exited(good ? 0 : 1, Duration.ZERO);
        });
    world.withTask(RunWorld.task(TASK, BRANCH, new PlanSource.Prose("Let people log in.")));
  }

  @ParameterizedTest
  @EnumSource
  void deliversOnceAndCountsTheBudgetOnceAfterAKill(Phase phase) throws Exception {
    phase.play(agents);
    kill();
    agents.turn(new AgentAction.Write("login.txt", "good\n"), new AgentAction.Use(usage(5)));
    int before = agents.prompts().size();

    TaskOutcome outcome = runner(3).run(TASK);

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(world.shop.log(BRANCH.value())).hasSize(2);
    assertThat(world.backend.states(TASK))
        .containsOnlyOnce(TaskState.DONE)
        .endsWith(TaskState.DONE);
    assertThat(last().work().agent().orElseThrow().usage().inputTokens()).isEqualTo(35);
    ScriptedCodingAgent.Prompt prompt = agents.prompts().get(before);
    assertThat(prompt.limits().tokens()).hasValue(970);
    if (phase.change.isEmpty()) {
      assertThat(prompt.text()).doesNotContain(EARLIER);
    } else {
      assertThat(prompt.text()).contains(EARLIER, phase.change);
    }
    assertThat(folder.resolve("workspace")).isEmptyDirectory();
    assertThat(journal.spending(TASK)).isEmpty();
  }

  @Test
  void makesNoFurtherAttemptAfterTwoWithTheSameFailure() throws Exception {
    Phase.REPAIRING.play(agents);
    kill();
    Phase.REPAIRING.play(agents);
    begin(runner(5), TASK);
    agents.awaitHangs(2);

    TaskOutcome outcome = runner(5).run(TASK);

    assertThat(((TaskOutcome.Failed) outcome).failure().kind()).isEqualTo(FailureKind.AGENT_LOOP);
    assertThat(agents.prompts()).hasSize(4);
    assertThat(last().work().keptPatch()).isPresent();
  }

  @Test
  void givesUpWhereAKilledAttemptHasSpentTheBudget() throws Exception {
    agents.turn(new AgentAction.Use(usage(1_000)), new AgentAction.Hang());
    kill();

    TaskOutcome outcome = runner(3).run(TASK);

    assertThat(((TaskOutcome.Failed) outcome).failure().kind()).isEqualTo(FailureKind.AGENT_BUDGET);
    assertThat(agents.prompts()).hasSize(1);
  }

  @Test
  void keepsTheChangeOfTheLastAllowedAttempt() throws Exception {
    Phase.CHANGED.play(agents);
    kill();

    TaskOutcome outcome = runner(1).run(TASK);

    assertThat(((TaskOutcome.Failed) outcome).failure().kind()).isEqualTo(FailureKind.INTERRUPTED);
    KeptPatch kept = last().work().keptPatch().orElseThrow();
    assertThat(Path.of(kept.path())).content().contains("+half\n");
    assertThat(kept.bytes()).isEqualTo(Files.size(Path.of(kept.path())));
  }

  @Test
  void givesTheNextProcessWhatAStoppedAgentHasChanged() throws Exception {
    Phase.CHANGED.play(agents);
    Running running = begin(runner(3), TASK);
    agents.awaitHang();

    running.interrupt();
    running.outcome();

    assertThat(agents.closed()).isEqualTo(1);
    agents.turn(new AgentAction.Write("login.txt", "good\n"));
    assertThat(runner(3).run(TASK)).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(agents.prompts().get(1).text()).contains(EARLIER, "+half\n");
  }

  @Test
  void stopsAnAgentWhoseTaskIsCancelledAtTheBackend() throws Exception {
    Phase.CHANGED.play(agents);
    Running running = begin(runner(3), TASK);
    agents.awaitHang();

    world.backend.cancel(TASK);
    TaskOutcome outcome = running.outcome();

    assertThat(outcome).isInstanceOf(TaskOutcome.Cancelled.class);
    assertThat(agents.closed()).isEqualTo(1);
    assertThat(last().state()).isEqualTo(TaskState.CANCELLED);
    assertThat(last().work().keptPatch()).isPresent();
    assertThat(world.shop.branches()).containsExactly("main");
  }

  /** Runs the task until the agent hangs, and leaves that process there. */
  private void kill() throws Exception {
    begin(runner(3), TASK);
    agents.awaitHang();
  }

  private TaskRunner runner(int attempts) {
    agents.withLimits(
        new AgentLimits(
            AgentLimits.DEFAULTS.startup(),
            AgentLimits.DEFAULTS.time(),
            AgentLimits.DEFAULTS.silence(),
            AgentLimits.DEFAULTS.tool(),
            OptionalLong.empty(),
            OptionalLong.of(1_000),
            Optional.empty()));
    var settings =
        world
            .settings()
            .withAttempts(new RunSettings.Attempts(attempts, Duration.ofMillis(20), Duration.ZERO));
    return new TaskRunner(
        world.ports(journal).withAgents(agents), settings, RunListener.NONE, world.clock);
  }

  private static AgentUsage usage(long tokens) {
    return new AgentUsage(1, 1, 1, tokens, 0, 0, 0, BigDecimal.ZERO);
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StatusUpdate last() {
    List<StatusUpdate> all = world.backend.updates(TASK);
    return all.get(all.size() - 1);
  }
}
