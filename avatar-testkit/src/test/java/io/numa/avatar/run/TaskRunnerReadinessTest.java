package io.numa.avatar.run;

import static io.numa.avatar.run.RunWorld.TASK;
import static io.numa.avatar.run.RunWorld.begin;
import static io.numa.avatar.run.RunWorld.run;
import static io.numa.avatar.run.RunWorld.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.numa.avatar.plan.CommandLine;
import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.CommandResult;
import io.numa.avatar.port.CommandRunner;
import io.numa.avatar.task.TaskOutcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds a command is made ready before it runs, and serves no other. */
class TaskRunnerReadinessTest {
  private static final String SETUP = "npm ci";

  @TempDir Path folder;
  private RunWorld world;
  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void prepare() {
    world = new RunWorld(folder);
  }

  /** Notes what it is asked for. */
  private final class Noting implements CommandRunner {
    @Override
    public Readiness prepare(Command command) {
      calls.add("ready " + command.line().display());
      return () -> calls.add("back " + command.line().display());
    }

    @Override
    public CommandResult run(Command command, OutputSink output) throws InterruptedException {
      calls.add("run " + command.line().display());
      return world.commands.run(command, output);
    }
  }

  private TaskOutcome carryOut(Step... steps) throws Exception {
    world.withPlan(DevelopmentPlan.of(steps).withTest(TestCommand.ofLine("check")));
    Ports real = world.ports();
    var ports =
        Ports.of(real.tasks(), real.reporter(), real.repository(), new Noting())
            .withTestDetection(real.testDetection())
            .withProjectSettings(content -> withSetup());
    return begin(world.runner(ports, RunListener.NONE), TASK).outcome();
  }

  private static ProjectFile withSetup() {
    var setup = new ProjectFile.Setup(new CommandLine.Shell(SETUP), Optional.empty(), List.of());
    return new ProjectFile(Optional.empty(), Optional.empty(), Optional.of(setup));
  }

  @Test
  void isMadeReadyForTheFirstStepAndTheTests() throws Exception {
    TaskOutcome outcome = carryOut(write("a.txt", "a\n"), run("build"), run("pack"));

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(calls)
        .containsExactly(
            "ready build",
            "run build",
            "back build",
            "run pack",
            "ready check",
            "run check",
            "back check");
  }

  @Test
  void isGivenBackBeforeAnotherCommandRuns() throws Exception {
    world.shop.seed("main", Map.of(ProjectFile.NAME, SETUP));

    TaskOutcome outcome = carryOut(write("a.txt", "a\n"));

    assertThat(outcome).isInstanceOf(TaskOutcome.Delivered.class);
    assertThat(calls).containsExactly("ready check", "back check", "run " + SETUP, "run check");
  }
}
