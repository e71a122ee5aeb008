package io.numa.avatar.run;

import io.numa.avatar.plan.PlannedStep;
import io.numa.avatar.plan.ProjectFile;
import io.numa.avatar.plan.ProjectFile.Setup;
import io.numa.avatar.plan.Step;
import io.numa.avatar.plan.TestCommand;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.BaseCommit;
import io.numa.avatar.port.repository.StagedChange;
import io.numa.avatar.port.repository.WorkingCopy;
import io.numa.avatar.run.RunSettings.Delivery;
import io.numa.avatar.run.command.AttemptSandboxes;
import io.numa.avatar.run.command.Commands;
import io.numa.avatar.run.setup.ProjectFiles;
import io.numa.avatar.run.setup.ProjectSetup;
import io.numa.avatar.run.test.BaseFolder;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.Stage;
import io.numa.avatar.task.StageFailedException;
import io.numa.avatar.task.TestReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Gets the project ready for steps and tests, and remembers what the base commit says of that. Used
 * by the attempt's thread only.
 */
final class SetupStage implements BaseFolder {
  private final StageContext context;
  private final Assignment assignment;
  private final WorkingCopy copy;
  private final Commands commands;
  private final ProjectSetup project;
  private ProjectFile base = ProjectFile.EMPTY;

  SetupStage(
      StageContext context, Assignment assignment, WorkingCopy copy, AttemptSandboxes sandboxes) {
    this.context = context;
    this.assignment = assignment;
    this.copy = copy;
    this.commands = context.commands(sandboxes);
    this.project =
        new ProjectSetup(
            copy, commands, context.log(), context.environment().clock(), context.limits().step());
  }

  /** Gets the checked-out project ready, if a step or its tests need that. */
  void run() throws StageFailedException, IOException, InterruptedException {
    base = read();
    Optional<Setup> setup = base.setup().filter(this::isNeeded);
    if (setup.isPresent()) {
      context.enter(Stage.SETUP);
      Optional<TestReport> failure = project.prepare(setup.get());
      if (failure.isPresent()) {
        new Verdict.NotSetUp(failure.get()).require("");
      }
    }
  }

  /** A file that is not valid says nothing; the change may correct it. */
  private ProjectFile read() throws IOException {
    try {
      return ProjectFiles.read(copy.directory(), context.ports().projectSettings());
    } catch (PortException e) {
      if (e.kind() != FailureKind.INVALID_PLAN) {
        throw e;
      }
      context.say("the project is not set up: " + e.getMessage());
      return ProjectFile.EMPTY;
    }
  }

  /**
   * Tests alone need it later, with the change; a setup that names its key files runs here, too, as
   * what it makes can be saved only before a step has changed the tree.
   */
  private boolean isNeeded(Setup setup) {
    boolean steps =
        assignment.plan().steps().stream()
            .map(PlannedStep::step)
            .anyMatch(step -> step instanceof Step.Run || step instanceof Step.Agent);
    boolean tests =
        context.settings().delivery() != Delivery.SHOW
            && assignment.givenTest().filter(TestCommand.None.class::isInstance).isEmpty();
    return steps || (tests && !setup.key().isEmpty());
  }

  /**
   * Gets the tree ready again where the change has made it outdated, or an agent may have changed
   * what the setup made.
   *
   * @param byAgent whether a coding agent made the change: then the base commit says what the setup
   *     is
   * @return the result of the setup if it failed
   */
  Optional<TestReport> renew(StagedChange change, boolean byAgent)
      throws StageFailedException, IOException, InterruptedException {
    Optional<Setup> setup = byAgent ? base.setup() : read().setup();
    if (setup.isEmpty() || !project.isOutdated(setup.get(), byAgent)) {
      return Optional.empty();
    }
    context.enter(Stage.SETUP);
    Optional<TestReport> failure = project.renew(setup.get(), change, byAgent);
    if (failure.isEmpty()) {
      context.enter(Stage.TEST);
    }
    return failure;
  }

  /** What the base commit's {@code .numa.yaml} says. */
  ProjectFile base() {
    return base;
  }

  /** Runs the commands of steps and tests, too. */
  Commands commands() {
    return commands;
  }

  WorkingCopy copy() {
    return copy;
  }

  @Override
  public BaseCommit commit() {
    return copy.base();
  }

  @Override
  public Path ready() throws StageFailedException, IOException, InterruptedException {
    Path root = copy.base().checkOut();
    Optional<Setup> setup = ProjectFiles.read(root, context.ports().projectSettings()).setup();
    if (setup.isPresent()) {
      project.prepareBase(setup.get(), root);
    }
    return root;
  }
}
