package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.Command;
import io.numa.avatar.port.repository.ChangedPaths;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.agent.AgentWork;
import io.numa.avatar.run.command.Commands;
import io.numa.avatar.run.develop.PlanExecutor;
import io.numa.avatar.run.develop.StepRunner;
import io.numa.avatar.run.guard.Guard;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Carries out a plan on a working copy. */
final class DevelopStage {
  private final StageContext context;
  private final Commands commands;
  private final AgentWork agents;

  DevelopStage(StageContext context, Commands commands, AgentWork agents) {
    this.context = context;
    this.commands = commands;
    this.agents = agents;
  }

  /** Returns the paths of the tree that the plan may have changed. */
  ChangedPaths run(DevelopmentPlan plan, WorkingCopy copy)
      throws StageFailedException, InterruptedException {
    context.enter(Stage.DEVELOP);
    var steps = new StepLog(context.log(), context.progress());
    var clock = context.environment().clock();
    firstCommand(plan, copy).ifPresent(command -> commands.makeReady(Stage.DEVELOP, command));
    try {
      return new PlanExecutor(copy, workspace(copy), new Runner(), steps, clock).execute(plan);
    } finally {
      commands.dropReady();
    }
  }

  /** The command that runs in the tree before any other and before an agent. */
  private Optional<Command> firstCommand(DevelopmentPlan plan, WorkingCopy copy) {
    return plan.steps().stream()
        .map(PlannedStep::step)
        .filter(step -> step instanceof Step.Run || step instanceof Step.Agent)
        .findFirst()
        .filter(step -> step instanceof Step.Run run && run.directory().isEmpty())
        .map(step -> command((Step.Run) step, copy.directory()));
  }

  private Command command(Step.Run step, Path directory) {
    Duration timeout = step.timeout().orElse(context.limits().step());
    return new Command(step.command(), directory, step.environment(), timeout);
  }

  private Workspace workspace(WorkingCopy copy) {
    Guard guard = context.settings().guard();
    return new Workspace(
        copy.directory(),
        context.home().resolve("scratch"),
        guard.protectedPaths(),
        guard.maxFileSize());
  }

  private final class Runner implements StepRunner {
    @Override
    public int run(Step.Run step, Path directory)
        throws StageFailedException, InterruptedException {
      return commands.run(Stage.DEVELOP, command(step, directory), output -> {});
    }

    @Override
    public void agent(Step.Agent step, int number, ChangedPaths changed)
        throws StageFailedException, IOException, InterruptedException {
      agents.step(step, number, changed);
    }
  }
}
