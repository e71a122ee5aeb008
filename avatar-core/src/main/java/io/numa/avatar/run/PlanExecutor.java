package io.numa.avatar.run;

import io.numa.avatar.plan.DevelopmentPlan;
import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.Step;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.WorkingCopy;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Carries out a plan's steps on a working copy, in order, up to the first that fails. */
final class PlanExecutor {
  static final String NO_AGENT =
      "it needs a coding agent, and no coding agent is configured; set one up under 'agents'";

  private final Actions actions = new Actions();
  private final WorkingCopy copy;
  private final Workspace workspace;
  private final FileSteps files;
  private final Commands commands;
  private final RunLog log;

  PlanExecutor(WorkingCopy copy, Workspace workspace, Commands commands, RunLog log) {
    this.copy = copy;
    this.workspace = workspace;
    this.files = new FileSteps(workspace);
    this.commands = commands;
    this.log = log;
  }

  void execute(DevelopmentPlan plan) throws StoppedException, InterruptedException {
    for (PlannedStep planned : plan.steps()) {
      log.say(Stage.DEVELOP, planned.label());
      try {
        planned.step().fold(actions).perform();
      } catch (StoppedException e) {
        throw new StoppedException(e.kind(), planned.label() + ": " + e.getMessage(), e.exitCode());
      } catch (PortException e) {
        throw new StoppedException(e.kind(), planned.label() + ": " + e.getMessage());
      } catch (IOException e) {
        throw new StoppedException(FailureKind.CONFLICT, planned.label() + ": " + describe(e));
      } catch (InvalidPathException e) {
        throw new StoppedException(
            FailureKind.DENIED,
            planned.label()
                + ": this machine has no name for '"
                + e.getInput()
                + "'; with other than ASCII letters, start the avatar with LC_ALL=C.UTF-8");
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void runCommand(Step.Run step)
      throws StoppedException, IOException, InterruptedException {
    Path directory =
        step.directory().isPresent()
            ? workspace.locateFolder(step.directory().get())
            : workspace.root();
    int exitCode =
        commands.run(Stage.DEVELOP, step.command(), directory, step.environment(), step.timeout());
    if (!step.exitCodes().contains(exitCode)) {
      throw new StoppedException(
          FailureKind.COMMAND_FAILED,
          "'" + step.command().display() + "' exited with " + exitCode,
          OptionalInt.of(exitCode));
    }
  }

  /** What the file system says is often just the path. */
  private static String describe(IOException e) {
    return e.getClass().getSimpleName().replaceAll("Exception$|(?<=[a-z])(?=[A-Z])", " ").strip()
        + ": "
        + e.getMessage();
  }

  /** What a step does, ready to be done. */
  @FunctionalInterface
  private interface Action {
    void perform() throws StoppedException, IOException, InterruptedException;
  }

  private final class Actions implements Step.Cases<Action> {
    @Override
    public Action write(Step.Write step) {
      return () -> files.write(step);
    }

    @Override
    public Action edit(Step.Edit step) {
      return () -> files.edit(step);
    }

    @Override
    public Action patch(Step.Patch step) {
      return () -> copy.apply(step.diff());
    }

    @Override
    public Action move(Step.Move step) {
      return () -> files.move(step);
    }

    @Override
    public Action copy(Step.Copy step) {
      return () -> files.copy(step);
    }

    @Override
    public Action delete(Step.Delete step) {
      return () -> files.delete(step);
    }

    @Override
    public Action chmod(Step.Chmod step) {
      return () -> files.chmod(step);
    }

    @Override
    public Action check(Step.Assert step) {
      return () -> files.check(step);
    }

    @Override
    public Action run(Step.Run step) {
      return () -> runCommand(step);
    }

    @Override
    public Action agent(Step.Agent step) {
      return () -> {
        throw new StoppedException(FailureKind.NO_AGENT, NO_AGENT);
      };
    }
  }
}
